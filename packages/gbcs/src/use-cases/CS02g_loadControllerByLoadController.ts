import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Load Controller Credentials, by the load controller. GBCS use case CS02g. */
export const CS02g_loadControllerByLoadController = asn1UseCase({
  name: 'CS02g_loadControllerByLoadController',
  title: 'Update Load Controller Credentials, by the load controller',
  code: 0x0125,
  devices: ['esme', 'hcalcs'],
  category: 'SME.C.C',
  from: ['loadController'],
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
