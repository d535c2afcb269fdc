import { operatingSubGhzChannel } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read CHF Sub GHz Channel. GBCS use case DBCH01, service request 6.31. */
export const DBCH01 = cosemUseCase({
  name: 'DBCH01',
  title: 'Read CHF Sub GHz Channel',
  code: 0x010a,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.31',
  items: {
    operatingSubGhzChannel: get(operatingSubGhzChannel.value),
  },
})
