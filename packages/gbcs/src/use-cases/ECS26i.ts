import { deviceIdentifier, manufacturerIdentifier, modelType } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read CHF identity (legacy, replaced by ECS26n). GBCS use case ECS26i, service request 6.2.4. */
export const ECS26i = cosemUseCase({
  name: 'ECS26i',
  title: 'Read CHF identity (legacy, replaced by ECS26n)',
  code: 0x0092,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.2.4',
  items: {
    deviceIdentifier: get(deviceIdentifier.value),
    modelType: get(modelType.value),
    manufacturerIdentifier: get(manufacturerIdentifier.value),
  },
})
