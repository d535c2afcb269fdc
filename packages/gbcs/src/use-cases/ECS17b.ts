import { importRegisterCollection } from '../objects/index.js'
import { cosemUseCase, protectedGet } from './cosem-use-case.js'

/** Read ESME Energy Registers (Import Energy). GBCS use case ECS17b, service request 4.1.1. */
export const ECS17b = cosemUseCase({
  name: 'ECS17b',
  title: 'Read ESME Energy Registers (Import Energy)',
  code: 0x0027,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator'],
  serviceRequest: '4.1.1',
  sensitive: true,
  timed: true,
  items: {
    values: protectedGet(8, { importRegisters: importRegisterCollection.value }),
  },
})
