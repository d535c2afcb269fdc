import {
  auxiliaryController1StateInformation,
  auxiliaryController1TypeAndIdentifier,
  auxiliaryController2StateInformation,
  auxiliaryController2TypeAndIdentifier,
  auxiliaryController3StateInformation,
  auxiliaryController3TypeAndIdentifier,
  auxiliaryController4StateInformation,
  auxiliaryController4TypeAndIdentifier,
  auxiliaryController5StateInformation,
  auxiliaryController5TypeAndIdentifier,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read Auxiliary Controller Operational Data. GBCS use case ECS61e, service request 7.15. */
export const ECS61e = cosemUseCase({
  name: 'ECS61e',
  title: 'Read Auxiliary Controller Operational Data',
  code: 0x011d,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker', 'loadController'],
  serviceRequest: '7.15',
  items: {
    auxiliaryController1TypeAndIdentifier: get(auxiliaryController1TypeAndIdentifier.value),
    auxiliaryController2TypeAndIdentifier: get(auxiliaryController2TypeAndIdentifier.value),
    auxiliaryController3TypeAndIdentifier: get(auxiliaryController3TypeAndIdentifier.value),
    auxiliaryController4TypeAndIdentifier: get(auxiliaryController4TypeAndIdentifier.value),
    auxiliaryController5TypeAndIdentifier: get(auxiliaryController5TypeAndIdentifier.value),
    auxiliaryController1StateInformation: get(auxiliaryController1StateInformation.value),
    auxiliaryController2StateInformation: get(auxiliaryController2StateInformation.value),
    auxiliaryController3StateInformation: get(auxiliaryController3StateInformation.value),
    auxiliaryController4StateInformation: get(auxiliaryController4StateInformation.value),
    auxiliaryController5StateInformation: get(auxiliaryController5StateInformation.value),
  },
})
