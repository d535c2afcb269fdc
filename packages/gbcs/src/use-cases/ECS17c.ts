import { powerImportCollection } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Energy Registers (Power). GBCS use case ECS17c, service request 4.16. */
export const ECS17c = cosemUseCase({
  name: 'ECS17c',
  title: 'Read ESME Energy Registers (Power)',
  code: 0x0028,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.16',
  timed: true,
  items: {
    powerImportCollection: get(powerImportCollection.value),
  },
})
