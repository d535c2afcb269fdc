import { deviceLog, historicDeviceLog } from '../objects/index.js'
import { cosemUseCase, invoke } from './cosem-use-case.js'

/** Read CHF Device Logs. GBCS use case CCS07, service request 8.9. */
export const CCS07 = cosemUseCase({
  name: 'CCS07',
  title: 'Read CHF Device Logs',
  code: 0x00fe,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '8.9',
  items: {
    deviceLog: invoke(deviceLog.backupPan),
    historicDeviceLog: invoke(historicDeviceLog.backupPan),
  },
})
