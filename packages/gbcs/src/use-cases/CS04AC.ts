import { unjoinCommand, unjoinResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Method A or C Unjoin. GBCS use case CS04AC, service request 8.8.1. */
export const CS04AC = asn1UseCase({
  name: 'CS04AC',
  title: 'Method A or C Unjoin',
  code: 0x000f,
  devices: ['esme', 'gsme', 'ppmid', 'hcalcs'],
  category: 'SME.C.C',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '8.8.1',
  replayProtected: true,
  command: unjoinCommand,
  response: unjoinResponse,
})
