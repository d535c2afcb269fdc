import { exportMpan, mpan } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read MPAN Value on the ESME. GBCS use case ECS40, service request 6.2.7. */
export const ECS40 = cosemUseCase({
  name: 'ECS40',
  title: 'Read MPAN Value on the ESME',
  code: 0x004e,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.7',
  items: {
    mpan: get(mpan.value),
    exportMpan: get(exportMpan.value),
  },
})
