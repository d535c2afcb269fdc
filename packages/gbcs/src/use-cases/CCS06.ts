import { deviceLog } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read CHF device log and check HAN communications. GBCS use case CCS06, service request 8.9. */
export const CCS06 = cosemUseCase({
  name: 'CCS06',
  title: 'Read CHF device log and check HAN communications',
  code: 0x010f,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '8.9',
  items: {
    deviceLog: get(deviceLog.activeDevices),
  },
})
