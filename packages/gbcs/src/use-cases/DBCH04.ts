import { subGhzConfiguration } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set CHF Sub GHz Configuration. GBCS use case DBCH04, service request 6.28. */
export const DBCH04 = cosemUseCase({
  name: 'DBCH04',
  title: 'Set CHF Sub GHz Configuration',
  code: 0x010d,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.28',
  replayProtected: true,
  items: {
    subGhzConfiguration: set(subGhzConfiguration.value),
  },
})
