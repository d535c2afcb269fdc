import { updateCommand, updateResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Update Security Credentials, networkOperatorByNetworkOperator. GBCS use case CS02b, service request 6.15.1. On a gas proxy the access control broker sends it (facts 7.3). */
export const CS02b_networkOperatorByNetworkOperator = asn1UseCase({
  name: 'CS02b_networkOperatorByNetworkOperator',
  title: 'Update Security Credentials, networkOperatorByNetworkOperator',
  code: 0x0103,
  devices: ['esme', 'gsme', 'gpf'],
  category: 'SME.C.C',
  from: ['networkOperator'],
  serviceRequest: '6.15.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  command: updateCommand,
  response: updateResponse,
})
