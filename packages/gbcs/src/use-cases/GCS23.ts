import { price } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Set CV and Conversion Factor Value(s) on the GSME. GBCS use case GCS23, service request 6.6. */
export const GCS23 = gbzUseCase({
  name: 'GCS23',
  title: 'Set CV and Conversion Factor Value(s) on the GSME',
  code: 0x007c,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.6',
  replayProtected: true,
  items: {
    publishConversionFactor: toClient(price, 'publishConversionFactor'),
    publishCalorificValue: toClient(price, 'publishCalorificValue'),
  },
})
