import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, wanProviderByWanProvider. GBCS use case CS02b. */
export const CS02b_wanProviderByWanProvider = asn1UseCase({
  name: 'CS02b_wanProviderByWanProvider',
  title: 'Update Security Credentials, wanProviderByWanProvider',
  code: 0x0105,
  devices: ['chf'],
  category: 'SME.C.C',
  from: ['wanProvider'],
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
