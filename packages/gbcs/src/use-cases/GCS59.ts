import { restoreLogCommand, restoreLogResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Restore GPF Device Log. GBCS use case GCS59, service request 8.12.2. */
export const GCS59 = asn1UseCase({
  name: 'GCS59',
  title: 'Restore GPF Device Log',
  code: 0x008c,
  devices: ['gpf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '8.12.2',
  replayProtected: true,
  command: restoreLogCommand,
  response: restoreLogResponse,
})
