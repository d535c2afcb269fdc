import { deviceLog } from '../objects/index.js'
import { cosemUseCase, invoke } from './cosem-use-case.js'

/** Remove device from CHF device log. GBCS use case CCS02, service request 8.11. */
export const CCS02 = cosemUseCase({
  name: 'CCS02',
  title: 'Remove device from CHF device log',
  code: 0x0002,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '8.11',
  replayProtected: true,
  items: {
    deviceLog: invoke(deviceLog.unregisterDevice),
  },
})
