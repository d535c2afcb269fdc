import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, anyByContingency. GBCS use case CS02b. The access control broker takes no part, so there is no MAC (facts 1.10). */
export const CS02b_anyByContingency = asn1UseCase({
  name: 'CS02b_anyByContingency',
  title: 'Update Security Credentials, anyByContingency',
  code: 0x0109,
  devices: ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'],
  category: 'SME.C.C',
  from: ['root', 'recovery'],
  futureDatable: true,
  replayProtected: true,
  timed: true,
  protections: () => ['signature'],
  signedByContingencyKey: true,
  command: updateCommand,
  response: updateResponse,
})
