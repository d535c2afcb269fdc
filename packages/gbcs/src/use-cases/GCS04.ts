import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Manage Debt on the GSME. GBCS use case GCS04, service request 2.3. */
export const GCS04 = gbzUseCase({
  name: 'GCS04',
  title: 'Manage Debt on the GSME',
  code: 0x006e,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '2.3',
  replayProtected: true,
  items: {
    changeDebt: toServer(prepayment, 'changeDebt'),
  },
})
