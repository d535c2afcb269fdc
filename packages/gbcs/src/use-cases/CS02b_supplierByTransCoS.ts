import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, supplierByTransCoS. GBCS use case CS02b, service request 6.23. */
export const CS02b_supplierByTransCoS = asn1UseCase({
  name: 'CS02b_supplierByTransCoS',
  title: 'Update Security Credentials, supplierByTransCoS',
  code: 0x0107,
  devices: ['esme', 'gsme', 'gpf', 'hcalcs'],
  category: 'SME.C.C',
  from: ['transitionalCoS'],
  serviceRequest: '6.23',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
