import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Load Controller Credentials, by the supplier. GBCS use case CS02g, service request 6.15.1. */
export const CS02g_loadControllerBySupplier = asn1UseCase({
  name: 'CS02g_loadControllerBySupplier',
  title: 'Update Load Controller Credentials, by the supplier',
  code: 0x0126,
  devices: ['esme', 'hcalcs'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.15.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
