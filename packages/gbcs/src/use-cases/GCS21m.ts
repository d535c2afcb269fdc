import { basic, metering } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read GSME Configuration Data Device Information (identity, type and supply tamper / depletion state). GBCS use case GCS21m, service request 6.2.4. */
export const GCS21m = gbzUseCase({
  name: 'GCS21m',
  title: 'Read GSME Configuration Data Device Information (identity, type and supply tamper / depletion state)',
  code: 0x00fb,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.4',
  items: {
    readBasic: read(basic, 'manufacturerName', 'modelIdentifier'),
    readMetering: read(metering, 'supplyDepletionState', 'supplyTamperState'),
  },
})
