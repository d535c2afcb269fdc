import { joinCommand, joinResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Method C Join. GBCS use case CS03C, service request 8.7.1. */
export const CS03C = asn1UseCase({
  name: 'CS03C',
  title: 'Method C Join',
  code: 0x00af,
  devices: ['gsme', 'ppmid'],
  category: 'SME.C.C',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '8.7.1',
  replayProtected: true,
  command: joinCommand,
  response: joinResponse,
})
