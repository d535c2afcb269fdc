import { price } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Set Price on GSME. GBCS use case GCS01b, service request 1.2.1. */
export const GCS01b = gbzUseCase({
  name: 'GCS01b',
  title: 'Set Price on GSME',
  code: 0x00a3,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.2.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    publishTariffInformation: toClient(price, 'publishTariffInformation'),
    publishPriceMatrix: toClient(price, 'publishPriceMatrix'),
  },
})
