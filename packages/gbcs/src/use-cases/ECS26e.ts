import {
  deviceIdentifier,
  manufacturerIdentifier,
  meterVariant,
  modelType,
  supplyTamperState,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME device identity exc MPAN (legacy, replaced by ECS26m). GBCS use case ECS26e, service request 6.2.4. */
export const ECS26e = cosemUseCase({
  name: 'ECS26e',
  title: 'Read ESME device identity exc MPAN (legacy, replaced by ECS26m)',
  code: 0x003f,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.4',
  items: {
    deviceIdentifier: get(deviceIdentifier.value),
    meterVariant: get(meterVariant.value),
    modelType: get(modelType.value),
    manufacturerIdentifier: get(manufacturerIdentifier.value),
    supplyTamperState: get(supplyTamperState.value),
  },
})
