import { tariffTouRegisterCollection } from '../objects/index.js'
import { cosemUseCase, protectedGet } from './cosem-use-case.js'

/** Read ESME Energy Register (TOU). GBCS use case ECS17d, service request 4.1.2. */
export const ECS17d = cosemUseCase({
  name: 'ECS17d',
  title: 'Read ESME Energy Register (TOU)',
  code: 0x0029,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator'],
  serviceRequest: '4.1.2',
  sensitive: true,
  timed: true,
  items: {
    values: protectedGet(9, { touRegisters: tariffTouRegisterCollection.value }),
  },
})
