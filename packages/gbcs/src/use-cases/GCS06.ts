import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Activate Emergency Credit Remotely on GSME. GBCS use case GCS06, service request 2.5. */
export const GCS06 = gbzUseCase({
  name: 'GCS06',
  title: 'Activate Emergency Credit Remotely on GSME',
  code: 0x0070,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '2.5',
  replayProtected: true,
  items: {
    selectAvailableEmergencyCredit: toServer(prepayment, 'selectAvailableEmergencyCredit'),
  },
})
