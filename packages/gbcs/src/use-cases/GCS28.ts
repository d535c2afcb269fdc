import { setClockCommand, setClockResponse } from '../asn1/index.js'
import { asn1UseCase } from './asn1-use-case.js'

/** Set Clock on GSME. GBCS use case GCS28, service request 6.11. */
export const GCS28 = asn1UseCase({
  name: 'GCS28',
  title: 'Set Clock on GSME',
  code: 0x007f,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.11',
  replayProtected: true,
  command: setClockCommand,
  response: setClockResponse,
})
