import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read GSME Firmware Version. GBCS use case GCS38, service request 11.2. */
export const GCS38 = gbzUseCase({
  name: 'GCS38',
  title: 'Read GSME Firmware Version',
  code: 0x0084,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '11.2',
  items: {
    readMetering: read(metering, 'currentMeterID'),
  },
})
