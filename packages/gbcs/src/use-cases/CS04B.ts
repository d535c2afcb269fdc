import { unjoinCommand, unjoinResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Method B Unjoin. GBCS use case CS04B, service request 8.8.2. */
export const CS04B = asn1UseCase({
  name: 'CS04B',
  title: 'Method B Unjoin',
  code: 0x0010,
  devices: ['esme', 'gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '8.8.2',
  replayProtected: true,
  command: unjoinCommand,
  response: unjoinResponse,
})
