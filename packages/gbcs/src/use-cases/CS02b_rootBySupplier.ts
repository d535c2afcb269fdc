import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, rootBySupplier. GBCS use case CS02b. */
export const CS02b_rootBySupplier = asn1UseCase({
  name: 'CS02b_rootBySupplier',
  title: 'Update Security Credentials, rootBySupplier',
  code: 0x0100,
  devices: ['esme', 'gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
