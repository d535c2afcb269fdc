import { manufacturerIdentifier, meterVariant, modelType, supplyTamperState } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Data Device Information (identity, type and supply tamper state). GBCS use case ECS26m, service request 6.2.4. */
export const ECS26m = cosemUseCase({
  name: 'ECS26m',
  title: 'Read ESME Configuration Data Device Information (identity, type and supply tamper state)',
  code: 0x00f9,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.4',
  items: {
    meterVariant: get(meterVariant.value),
    modelType: get(modelType.value),
    manufacturerIdentifier: get(manufacturerIdentifier.value),
    supplyTamperState: get(supplyTamperState.value),
  },
})
