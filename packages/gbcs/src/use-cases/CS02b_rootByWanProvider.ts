import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, rootByWanProvider. GBCS use case CS02b. */
export const CS02b_rootByWanProvider = asn1UseCase({
  name: 'CS02b_rootByWanProvider',
  title: 'Update Security Credentials, rootByWanProvider',
  code: 0x0101,
  devices: ['chf'],
  category: 'SME.C.C',
  from: ['wanProvider'],
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
