import { joinCommand, joinResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Method A Join (non meter). GBCS use case CS03A2, service request 8.7.1. */
export const CS03A2 = asn1UseCase({
  name: 'CS03A2',
  title: 'Method A Join (non meter)',
  code: 0x00ab,
  devices: ['ppmid', 'hcalcs', 'gpf'],
  category: 'SME.C.C',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '8.7.1',
  replayProtected: true,
  command: joinCommand,
  response: joinResponse,
})
