import { tariffBlockTouRegisterCollection } from '../objects/index.js'
import { cosemUseCase, protectedGet } from './cosem-use-case.js'

/** Read ESME Energy Register (TOU with Blocks). GBCS use case ECS17e, service request 4.1.3. */
export const ECS17e = cosemUseCase({
  name: 'ECS17e',
  title: 'Read ESME Energy Register (TOU with Blocks)',
  code: 0x002a,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator'],
  serviceRequest: '4.1.3',
  sensitive: true,
  timed: true,
  items: {
    values: protectedGet(10, { blockRegisters: tariffBlockTouRegisterCollection.value }),
  },
})
