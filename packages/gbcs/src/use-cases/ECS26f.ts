import { powerThresholds } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Data Device Information (instantaneous power thresholds). GBCS use case ECS26f, service request 6.2.5. */
export const ECS26f = cosemUseCase({
  name: 'ECS26f',
  title: 'Read ESME Configuration Data Device Information (instantaneous power thresholds)',
  code: 0x0040,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.2.5',
  items: {
    powerThresholds: get(powerThresholds.thresholds),
  },
})
