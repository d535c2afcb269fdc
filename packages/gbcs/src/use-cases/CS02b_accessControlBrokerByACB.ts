import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, accessControlBrokerByACB. GBCS use case CS02b, service request 8.5. Without a signature on all but the communications hub (facts 1.10). */
export const CS02b_accessControlBrokerByACB = asn1UseCase({
  name: 'CS02b_accessControlBrokerByACB',
  title: 'Update Security Credentials, accessControlBrokerByACB',
  code: 0x0104,
  devices: ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'],
  category: 'SME.C.C',
  from: ['accessControlBroker'],
  serviceRequest: '8.5',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  protections: (_role, device) => [device === 'chf' ? 'signatureAndMac' : 'mac'],
  command: updateCommand,
  response: updateResponse,
})
