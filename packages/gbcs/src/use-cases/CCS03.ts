import { deviceLog } from '../objects/index.js'
import { cosemUseCase, invoke } from './cosem-use-case.js'

/** Restore CHF Device Log. GBCS use case CCS03, service request 8.12.1. */
export const CCS03 = cosemUseCase({
  name: 'CCS03',
  title: 'Restore CHF Device Log',
  code: 0x0003,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '8.12.1',
  replayProtected: true,
  items: {
    deviceLog: invoke(deviceLog.restorePan),
  },
})
