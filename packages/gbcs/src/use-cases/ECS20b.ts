import { billingModeTariffLog } from '../objects/index.js'
import { cosemUseCase, protectedSelect } from './cosem-use-case.js'

/** Read ESME Billing Data Log (change of mode / tariff triggered exc export). GBCS use case ECS20b, service request 4.4.2. */
export const ECS20b = cosemUseCase({
  name: 'ECS20b',
  title: 'Read ESME Billing Data Log (change of mode / tariff triggered exc export)',
  code: 0x002f,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.2',
  sensitive: true,
  items: {
    entries: protectedSelect(3, { billingModeTariffLog: billingModeTariffLog.buffer }),
  },
})
