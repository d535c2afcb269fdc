import { metering, prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read Meter Balance for GSME (with date-time). GBCS use case GCS60a, service request 4.18. */
export const GCS60a = gbzUseCase({
  name: 'GCS60a',
  title: 'Read Meter Balance for GSME (with date-time)',
  code: 0x012a,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.18',
  timed: true,
  items: {
    readMetering: read(metering, 'billToDateDelivered'),
    readPrepayment: read(prepayment, 'creditRemaining'),
  },
})
