import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Activate Emergency Credit on GSME from PPMID. GBCS use case PCS02. */
export const PCS02 = gbzUseCase({
  name: 'PCS02',
  title: 'Activate Emergency Credit on GSME from PPMID',
  code: 0x0090,
  devices: ['gsme'],
  category: 'SME.C.PPMID-GSME',
  from: [],
  items: {
    selectAvailableEmergencyCredit: toServer(prepayment, 'selectAvailableEmergencyCredit'),
  },
})
