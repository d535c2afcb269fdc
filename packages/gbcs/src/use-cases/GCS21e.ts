import { basic, metering } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read GSME/GPF device identity (legacy, replaced by GCS21m). GBCS use case GCS21e, service request 6.2.4. */
export const GCS21e = gbzUseCase({
  name: 'GCS21e',
  title: 'Read GSME/GPF device identity (legacy, replaced by GCS21m)',
  code: 0x009e,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.4',
  items: {
    readBasic: read(basic, 'manufacturerName', 'modelIdentifier', 'hwVersion'),
    readMetering: read(metering, 'supplyDepletionState', 'supplyTamperState'),
  },
})
