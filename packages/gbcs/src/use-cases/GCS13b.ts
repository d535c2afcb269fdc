import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, read } from './gbz-use-case.js'

/** Read GSME Block Counters. GBCS use case GCS13b, service request 4.1.4. */
export const GCS13b = gbzUseCase({
  name: 'GCS13b',
  title: 'Read GSME Block Counters',
  code: 0x00b8,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.1.4',
  sensitive: true,
  timed: true,
  items: {
    readMetering: encrypted(
      disableDefault(
        read(
          metering,
          'currentNoTierBlock1SummationDelivered',
          'currentNoTierBlock2SummationDelivered',
          'currentNoTierBlock3SummationDelivered',
          'currentNoTierBlock4SummationDelivered',
          'divisor',
          'multiplier',
          'unitofMeasure',
        ),
      ),
    ),
  },
})
