import { account } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Data Device Information (Payment Mode). GBCS use case ECS26j, service request 6.2.9. */
export const ECS26j = cosemUseCase({
  name: 'ECS26j',
  title: 'Read ESME Configuration Data Device Information (Payment Mode)',
  code: 0x00be,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.2.9',
  items: {
    account: get(account.modeAndStatus),
  },
})
