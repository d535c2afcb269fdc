import { maximumDemandExport, maximumDemandExportReset } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read Maximum Demand Registers (export). GBCS use case ECS18a, service request 4.12.2. */
export const ECS18a = cosemUseCase({
  name: 'ECS18a',
  title: 'Read Maximum Demand Registers (export)',
  code: 0x002b,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator', 'accessControlBroker'],
  serviceRequest: '4.12.2',
  timed: true,
  items: {
    maximumDemandExportReset: get(maximumDemandExportReset.value),
    maximumDemandExportValue: get(maximumDemandExport.value),
    maximumDemandExportScalerUnit: get(maximumDemandExport.scalerUnit),
    maximumDemandExportCaptureTime: get(maximumDemandExport.captureTime),
  },
})
