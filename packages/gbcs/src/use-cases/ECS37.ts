import { maximumDemandConfigurableTimePeriod } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Maximum Demand Configurable Time Period. GBCS use case ECS37, service request 6.18.1. */
export const ECS37 = cosemUseCase({
  name: 'ECS37',
  title: 'Set Maximum Demand Configurable Time Period',
  code: 0x004a,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.18.1',
  replayProtected: true,
  items: {
    maximumDemandConfigurableTimePeriod: set(maximumDemandConfigurableTimePeriod.entries),
  },
})
