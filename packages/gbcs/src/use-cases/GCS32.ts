import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Remotely close the valve in the GSME. GBCS use case GCS32, service request 7.2. */
export const GCS32 = gbzUseCase({
  name: 'GCS32',
  title: 'Remotely close the valve in the GSME',
  code: 0x0081,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '7.2',
  replayProtected: true,
  items: {
    changeSupply: only(toServer(metering, 'changeSupply'), ({ proposedSupplyStatus }) => proposedSupplyStatus === 0),
  },
})
