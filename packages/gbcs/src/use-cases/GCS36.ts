import { deviceManagement } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Send CIN to GSME. GBCS use case GCS36, service request 9.1. */
export const GCS36 = gbzUseCase({
  name: 'GCS36',
  title: 'Send CIN to GSME',
  code: 0x0083,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '9.1',
  replayProtected: true,
  items: {
    updateCin: toClient(deviceManagement, 'updateCin'),
  },
})
