import { subGhzChannelScan } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Request CHF Sub GHz Channel Scan. GBCS use case DBCH05, service request 6.29. */
export const DBCH05 = cosemUseCase({
  name: 'DBCH05',
  title: 'Request CHF Sub GHz Channel Scan',
  code: 0x010e,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.29',
  replayProtected: true,
  items: {
    subGhzChannelScan: set(subGhzChannelScan.value),
  },
})
