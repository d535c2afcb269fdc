import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read GSME Valve Status. GBCS use case GCS33, service request 7.4. */
export const GCS33 = gbzUseCase({
  name: 'GCS33',
  title: 'Read GSME Valve Status',
  code: 0x0082,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '7.4',
  items: {
    readMetering: read(metering, 'remainingBatteryLifeinDays', 'supplyStatus'),
  },
})
