import { deviceLog } from '../objects/index.js'
import { cosemUseCase, invoke, set } from './cosem-use-case.js'

/** Add Device to CHF device log. GBCS use case CCS01, service request 8.11. */
export const CCS01 = cosemUseCase({
  name: 'CCS01',
  title: 'Add Device to CHF device log',
  code: 0x0001,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '8.11',
  replayProtected: true,
  items: {
    deviceLogRegisterDevice: invoke(deviceLog.registerDevice),
    deviceLogJoinTimeoutS: set(deviceLog.joinTimeoutS),
    deviceLogEnableDisableJoining: set(deviceLog.enableDisableJoining),
  },
})
