import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, read } from './gbz-use-case.js'

/** Read GSME Register (TOU). GBCS use case GCS13c, service request 4.1.2. */
export const GCS13c = gbzUseCase({
  name: 'GCS13c',
  title: 'Read GSME Register (TOU)',
  code: 0x00b6,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator'],
  serviceRequest: '4.1.2',
  sensitive: true,
  timed: true,
  items: {
    readMetering: encrypted(
      disableDefault(
        read(
          metering,
          'divisor',
          'multiplier',
          'unitofMeasure',
          'currentTier1SummationDelivered',
          'currentTier2SummationDelivered',
          'currentTier3SummationDelivered',
          'currentTier4SummationDelivered',
        ),
      ),
    ),
  },
})
