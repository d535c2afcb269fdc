import { deviceManagement } from '@smets2-sim/zcl'
import { defaultAs, gbzUseCase, toClient } from './gbz-use-case.js'

/** Read non-critical event and alert behaviours - GSME- Supplier. GBCS use case GCS20r, service request 6.2.10. */
export const GCS20r = gbzUseCase({
  name: 'GCS20r',
  title: 'Read non-critical event and alert behaviours - GSME- Supplier',
  code: 0x00f1,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.2.10',
  items: {
    // a default response comes as from a server, unlike the report. Source: the reference messages
    getEventConfiguration: defaultAs(0x08, toClient(deviceManagement, 'getEventConfiguration')),
  },
})
