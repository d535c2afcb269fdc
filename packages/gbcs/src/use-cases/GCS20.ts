import { deviceManagement } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Set Alert Behaviours - GSME. GBCS use case GCS20, service request 6.22. */
export const GCS20 = gbzUseCase({
  name: 'GCS20',
  title: 'Set Alert Behaviours - GSME',
  code: 0x00ad,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.22',
  items: {
    setEventConfiguration: toClient(deviceManagement, 'setEventConfiguration'),
  },
})
