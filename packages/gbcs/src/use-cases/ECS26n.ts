import { manufacturerIdentifier, modelType } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read CHF Configuration Data Device Information (CH identity and type). GBCS use case ECS26n, service request 6.2.4. */
export const ECS26n = cosemUseCase({
  name: 'ECS26n',
  title: 'Read CHF Configuration Data Device Information (CH identity and type)',
  code: 0x00fa,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.2.4',
  items: {
    modelType: get(modelType.value),
    manufacturerIdentifier: get(manufacturerIdentifier.value),
  },
})
