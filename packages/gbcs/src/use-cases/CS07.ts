import { joinDetailsCommand, joinDetailsResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Read Device Join Details. GBCS use case CS07, service request 8.9. */
export const CS07 = asn1UseCase({
  name: 'CS07',
  title: 'Read Device Join Details',
  code: 0x0013,
  devices: ['esme', 'gsme', 'gpf', 'ppmid', 'hcalcs'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '8.9',
  command: joinDetailsCommand,
  response: joinDetailsResponse,
})
