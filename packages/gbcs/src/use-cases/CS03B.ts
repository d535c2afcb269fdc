import { joinCommand, joinResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Method B Join. GBCS use case CS03B, service request 8.7.2. */
export const CS03B = asn1UseCase({
  name: 'CS03B',
  title: 'Method B Join',
  code: 0x000e,
  devices: ['esme', 'gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '8.7.2',
  replayProtected: true,
  command: joinCommand,
  response: joinResponse,
})
