import { prepayment } from '@smets2-sim/zcl'
import { disableDefault, gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Set GSME Payment Mode to Prepayment. GBCS use case GCS03, service request 1.6. */
export const GCS03 = gbzUseCase({
  name: 'GCS03',
  title: 'Set GSME Payment Mode to Prepayment',
  code: 0x006d,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.6',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    changePaymentMode: disableDefault(
      only(
        toServer(prepayment, 'changePaymentMode'),
        ({ proposedPaymentControlConfiguration: bits }) => (bits & 3) === 3,
      ),
    ),
  },
})
