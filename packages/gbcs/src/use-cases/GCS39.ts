import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Arm Valve in GSME. GBCS use case GCS39, service request 7.3. */
export const GCS39 = gbzUseCase({
  name: 'GCS39',
  title: 'Arm Valve in GSME',
  code: 0x0085,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '7.3',
  replayProtected: true,
  items: {
    changeSupply: only(toServer(metering, 'changeSupply'), ({ proposedSupplyStatus }) => proposedSupplyStatus === 1),
  },
})
