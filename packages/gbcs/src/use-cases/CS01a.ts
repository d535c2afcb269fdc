import { tokenGateway } from '../objects/index.js'
import { cosemUseCase, invoke } from './cosem-use-case.js'

/** Apply Prepayment Top Up to an ESME. GBCS use case CS01a, service request 2.2. */
export const CS01a = cosemUseCase({
  name: 'CS01a',
  title: 'Apply Prepayment Top Up to an ESME',
  code: 0x0007,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '2.2',
  replayProtected: true,
  topUp: true,
  timed: true,
  items: {
    tokenGateway: invoke(tokenGateway.enter),
  },
})
