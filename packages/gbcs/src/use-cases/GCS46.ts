import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read MPRN on the GSME. GBCS use case GCS46, service request 6.2.7. */
export const GCS46 = gbzUseCase({
  name: 'GCS46',
  title: 'Read MPRN on the GSME',
  code: 0x0089,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.7',
  items: {
    readMetering: read(metering, 'siteID'),
  },
})
