import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, read } from './gbz-use-case.js'

/** Read GSME Consumption Register. GBCS use case GCS13a, service request 4.1.1. */
export const GCS13a = gbzUseCase({
  name: 'GCS13a',
  title: 'Read GSME Consumption Register',
  code: 0x0074,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator'],
  serviceRequest: '4.1.1',
  sensitive: true,
  timed: true,
  items: {
    readMetering: encrypted(
      disableDefault(read(metering, 'divisor', 'multiplier', 'unitofMeasure', 'currentSummationDelivered')),
    ),
  },
})
