import { price } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Set Billing Calendar on the GSME. GBCS use case GCS25, service request 6.8. */
export const GCS25 = gbzUseCase({
  name: 'GCS25',
  title: 'Set Billing Calendar on the GSME',
  code: 0x007e,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.8',
  replayProtected: true,
  items: {
    publishBillingPeriod: toClient(price, 'publishBillingPeriod'),
    publishBlockPeriod: toClient(price, 'publishBlockPeriod'),
  },
})
