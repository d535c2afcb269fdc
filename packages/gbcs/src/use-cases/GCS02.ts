import { prepayment } from '@smets2-sim/zcl'
import { disableDefault, gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Set GSME Payment Mode to Credit. GBCS use case GCS02, service request 1.6. */
export const GCS02 = gbzUseCase({
  name: 'GCS02',
  title: 'Set GSME Payment Mode to Credit',
  code: 0x006c,
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
        ({ proposedPaymentControlConfiguration: bits }) => (bits & 3) === 0,
      ),
    ),
  },
})
