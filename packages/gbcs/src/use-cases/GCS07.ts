import { messaging } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Send Message to GSME. GBCS use case GCS07, service request 3.1. */
export const GCS07 = gbzUseCase({
  name: 'GCS07',
  title: 'Send Message to GSME',
  code: 0x0071,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.1',
  items: {
    displayMessage: toClient(messaging, 'displayMessage'),
  },
})
