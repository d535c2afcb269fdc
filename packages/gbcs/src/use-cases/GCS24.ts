import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Set Uncontrolled Gas Flow Rate and Supply Tamper State on the GSME. GBCS use case GCS24, service request 6.7. */
export const GCS24 = gbzUseCase({
  name: 'GCS24',
  title: 'Set Uncontrolled Gas Flow Rate and Supply Tamper State on the GSME',
  code: 0x007d,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.7',
  replayProtected: true,
  items: {
    setUncontrolledFlowThreshold: toServer(metering, 'setUncontrolledFlowThreshold'),
    setSupplyStatus: toServer(metering, 'setSupplyStatus'),
  },
})
