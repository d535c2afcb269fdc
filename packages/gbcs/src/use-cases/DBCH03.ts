import { subGhzConfiguration } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read CHF Sub GHz Configuration. GBCS use case DBCH03, service request 6.30. */
export const DBCH03 = cosemUseCase({
  name: 'DBCH03',
  title: 'Read CHF Sub GHz Configuration',
  code: 0x010c,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.30',
  items: {
    subGhzConfiguration: get(subGhzConfiguration.value),
  },
})
