import { detailsCommand, detailsResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Provide Security Credentials Details, load controllers included. GBCS use case CS02f, service request 6.24.1. */
export const CS02f = asn1UseCase({
  name: 'CS02f',
  title: 'Provide Security Credentials Details, load controllers included',
  code: 0x011b,
  devices: ['esme', 'hcalcs'],
  category: 'SME.C.NC',
  from: [
    'supplier',
    'networkOperator',
    'accessControlBroker',
    'transitionalCoS',
    'wanProvider',
    'recovery',
    'loadController',
  ],
  serviceRequest: '6.24.1',
  protections: (role) => (role === 'accessControlBroker' ? ['mac'] : ['signature']),
  command: detailsCommand,
  response: detailsResponse,
})
