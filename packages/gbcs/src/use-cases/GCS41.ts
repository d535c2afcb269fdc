import { deviceManagement } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Set MPRN Value on the GSME. GBCS use case GCS41, service request 6.20.1. */
export const GCS41 = gbzUseCase({
  name: 'GCS41',
  title: 'Set MPRN Value on the GSME',
  code: 0x0087,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.20.1',
  replayProtected: true,
  items: {
    updateSiteID: toClient(deviceManagement, 'updateSiteID'),
  },
})
