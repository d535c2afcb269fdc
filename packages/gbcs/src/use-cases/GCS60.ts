import { metering, prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read Meter Balance for GSME. GBCS use case GCS60, service request 4.18. */
export const GCS60 = gbzUseCase({
  name: 'GCS60',
  title: 'Read Meter Balance for GSME',
  code: 0x008d,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.18',
  items: {
    readMetering: read(metering, 'billToDateDelivered'),
    readPrepayment: read(prepayment, 'creditRemaining'),
  },
})
