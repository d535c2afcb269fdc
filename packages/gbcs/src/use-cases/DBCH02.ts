import { subGhzChannelLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read CHF Sub GHz Channel Log. GBCS use case DBCH02, service request 6.32. */
export const DBCH02 = cosemUseCase({
  name: 'DBCH02',
  title: 'Read CHF Sub GHz Channel Log',
  code: 0x010b,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.32',
  items: {
    subGhzChannelLog: select(subGhzChannelLog.buffer),
  },
})
