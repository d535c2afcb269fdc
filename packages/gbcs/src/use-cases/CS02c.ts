import { issueCommand, issueResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Issue Security Credentials. GBCS use case CS02c, service request 6.17. */
export const CS02c = asn1UseCase({
  name: 'CS02c',
  title: 'Issue Security Credentials',
  code: 0x000a,
  devices: ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'],
  category: 'SME.C.C',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.17',
  replayProtected: true,
  command: issueCommand,
  response: issueResponse,
})
