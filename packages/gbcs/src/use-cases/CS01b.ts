import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Apply Prepayment Top Up to a GSME. GBCS use case CS01b, service request 2.2. */
export const CS01b = gbzUseCase({
  name: 'CS01b',
  title: 'Apply Prepayment Top Up to a GSME',
  code: 0x0097,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '2.2',
  replayProtected: true,
  topUp: true,
  timed: true,
  items: {
    consumerTopUp: toServer(prepayment, 'consumerTopUp'),
  },
})
