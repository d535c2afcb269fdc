import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, transCoSByTransCoS. GBCS use case CS02b. */
export const CS02b_transCoSByTransCoS = asn1UseCase({
  name: 'CS02b_transCoSByTransCoS',
  title: 'Update Security Credentials, transCoSByTransCoS',
  code: 0x0106,
  devices: ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'],
  category: 'SME.C.C',
  from: ['transitionalCoS'],
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
