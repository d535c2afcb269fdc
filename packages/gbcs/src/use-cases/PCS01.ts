import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Apply Prepayment Top Up to a GSME using PPMID. GBCS use case PCS01. */
export const PCS01 = gbzUseCase({
  name: 'PCS01',
  title: 'Apply Prepayment Top Up to a GSME using PPMID',
  code: 0x009b,
  devices: ['gsme'],
  category: 'SME.C.PPMID-GSME',
  from: [],
  items: {
    consumerTopUp: toServer(prepayment, 'consumerTopUp'),
  },
})
