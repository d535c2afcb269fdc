import { randomisedOffset, randomisedOffsetLimit, randomisedOffsetNumber } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Data Device Information (randomisation). GBCS use case ECS26c, service request 6.2.2. */
export const ECS26c = cosemUseCase({
  name: 'ECS26c',
  title: 'Read ESME Configuration Data Device Information (randomisation)',
  code: 0x003d,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.2',
  items: {
    randomisedOffset: get(randomisedOffset.value),
    randomisedOffsetNumber: get(randomisedOffsetNumber.value),
    randomisedOffsetLimit: get(randomisedOffsetLimit.value),
  },
})
