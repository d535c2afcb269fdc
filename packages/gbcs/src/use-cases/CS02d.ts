import { deviceCertificateCommand, deviceCertificateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Device Certificate. GBCS use case CS02d, service request 6.15.2. */
export const CS02d = asn1UseCase({
  name: 'CS02d',
  title: 'Update Device Certificate',
  code: 0x000b,
  devices: ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'],
  category: 'SME.C.C',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.15.2',
  replayProtected: true,
  command: deviceCertificateCommand,
  response: deviceCertificateResponse,
})
