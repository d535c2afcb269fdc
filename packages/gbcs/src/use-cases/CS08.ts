import { versionCommand, versionResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Read PPMID/HCALCS Firmware Version. GBCS use case CS08, service request 11.2. */
export const CS08 = asn1UseCase({
  name: 'CS08',
  title: 'Read PPMID/HCALCS Firmware Version',
  code: 0x0129,
  devices: ['ppmid', 'hcalcs'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '11.2',
  command: versionCommand,
  response: versionResponse,
})
