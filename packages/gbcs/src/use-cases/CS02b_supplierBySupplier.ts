import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, supplierBySupplier. GBCS use case CS02b, service request 6.15.1. On a gas proxy the access control broker sends it (facts 7.3). */
export const CS02b_supplierBySupplier = asn1UseCase({
  name: 'CS02b_supplierBySupplier',
  title: 'Update Security Credentials, supplierBySupplier',
  code: 0x0102,
  devices: ['esme', 'gsme', 'gpf', 'hcalcs'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.15.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
