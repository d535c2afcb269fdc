import { prepaymentBalanceCollection } from '../objects/index.js'
import { cosemUseCase, protectedGet } from './cosem-use-case.js'

/** Read ESME Prepayment Registers. GBCS use case ECS19, service request 4.3. */
export const ECS19 = cosemUseCase({
  name: 'ECS19',
  title: 'Read ESME Prepayment Registers',
  code: 0x002d,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.3',
  sensitive: true,
  timed: true,
  items: {
    values: protectedGet(1, { balances: prepaymentBalanceCollection.value }),
  },
})
