import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Set Uncontrolled Gas Flow Rate at greater resolution and Supply Tamper State on the GSME. GBCS use case GCS24a, service request 6.7. */
export const GCS24a = gbzUseCase({
  name: 'GCS24a',
  title: 'Set Uncontrolled Gas Flow Rate at greater resolution and Supply Tamper State on the GSME',
  code: 0x00fc,
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
