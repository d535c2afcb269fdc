import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Start Network Data Log on GSME. GBCS use case GCS31, service request 14.1. */
export const GCS31 = gbzUseCase({
  name: 'GCS31',
  title: 'Start Network Data Log on GSME',
  code: 0x0080,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '14.1',
  replayProtected: true,
  items: {
    startSampling: toServer(metering, 'startSampling'),
  },
})
