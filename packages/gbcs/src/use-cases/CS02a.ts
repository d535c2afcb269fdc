import { detailsCommand, detailsResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Provide Security Credentials Details. GBCS use case CS02a, service request 6.24.1. A party other than the access control broker signs it instead (facts 1.10). */
export const CS02a = asn1UseCase({
  name: 'CS02a',
  title: 'Provide Security Credentials Details',
  code: 0x0008,
  devices: ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker', 'transitionalCoS', 'wanProvider', 'recovery'],
  serviceRequest: '6.24.1',
  protections: (role) => (role === 'accessControlBroker' ? ['mac'] : ['signature']),
  command: detailsCommand,
  response: detailsResponse,
})
