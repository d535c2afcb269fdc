import { deviceLog } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read CHF device log / check HAN communications (legacy). GBCS use case CCS05CCS04, service request 8.9. */
export const CCS05CCS04 = cosemUseCase({
  name: 'CCS05CCS04',
  title: 'Read CHF device log / check HAN communications (legacy)',
  code: 0x0004,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '8.9',
  items: {
    deviceLog: get(deviceLog.activeDevices),
  },
})
