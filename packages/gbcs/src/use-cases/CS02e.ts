import { provideCertificateCommand, provideCertificateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Provide Device Certificate. GBCS use case CS02e, service request 6.24.2. */
export const CS02e = asn1UseCase({
  name: 'CS02e',
  title: 'Provide Device Certificate',
  code: 0x000c,
  devices: ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'],
  category: 'SME.C.C',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.24.2',
  replayProtected: true,
  command: provideCertificateCommand,
  response: provideCertificateResponse,
})
