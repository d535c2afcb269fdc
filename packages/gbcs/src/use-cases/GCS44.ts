import { deviceManagement } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Write Contact Details on GSME. GBCS use case GCS44, service request 3.4. */
export const GCS44 = gbzUseCase({
  name: 'GCS44',
  title: 'Write Contact Details on GSME',
  code: 0x0088,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.4',
  items: {
    publishChangeOfSupplier: toClient(deviceManagement, 'publishChangeOfSupplier'),
  },
})
