import { joinCommand, joinResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Method A Join (meter). GBCS use case CS03A1, service request 8.7.1. */
export const CS03A1 = asn1UseCase({
  name: 'CS03A1',
  title: 'Method A Join (meter)',
  code: 0x000d,
  devices: ['esme', 'gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '8.7.1',
  replayProtected: true,
  command: joinCommand,
  response: joinResponse,
})
