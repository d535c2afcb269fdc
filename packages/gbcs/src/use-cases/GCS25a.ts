import { price } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Set Billing Calendar on the GSME - all periodicities. GBCS use case GCS25a, service request 6.8. */
export const GCS25a = gbzUseCase({
  name: 'GCS25a',
  title: 'Set Billing Calendar on the GSME - all periodicities',
  code: 0x00d8,
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
