import { activateCommand, activateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Activate Firmware. GBCS use case CS06, service request 11.3. */
export const CS06 = asn1UseCase({
  name: 'CS06',
  title: 'Activate Firmware',
  code: 0x0012,
  devices: ['esme', 'gsme', 'chf', 'hcalcs'],
  category: 'SME.C.C',
  from: ['supplier', 'wanProvider'],
  serviceRequest: '11.3',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: activateCommand,
  response: activateResponse,
})
