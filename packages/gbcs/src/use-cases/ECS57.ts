import { maximumDemandConfigurableTimeImport, maximumDemandExport, maximumDemandImport } from '../objects/index.js'
import { cosemUseCase, invokeWith, maybe } from './cosem-use-case.js'

/** Reset ESME Maximum Demand Registers. GBCS use case ECS57, service request 6.18.2. */
export const ECS57 = cosemUseCase({
  name: 'ECS57',
  title: 'Reset ESME Maximum Demand Registers',
  code: 0x005a,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.18.2',
  items: {
    maximumDemandImport: maybe(invokeWith(maximumDemandImport.reset, 0)),
    maximumDemandConfigurableTimeImport: invokeWith(maximumDemandConfigurableTimeImport.reset, 0),
    maximumDemandExport: maybe(invokeWith(maximumDemandExport.reset, 0)),
  },
})
