import {
  maximumDemandConfigurableTimeImport,
  maximumDemandConfigurableTimeImportReset,
  maximumDemandConfigurableTimePeriod,
  maximumDemandImport,
  maximumDemandImportReset,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read Maximum Demand Registers (import). GBCS use case ECS18b, service request 4.12.1. */
export const ECS18b = cosemUseCase({
  name: 'ECS18b',
  title: 'Read Maximum Demand Registers (import)',
  code: 0x002c,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.12.1',
  timed: true,
  items: {
    maximumDemandConfigurableTimeImportReset: get(maximumDemandConfigurableTimeImportReset.value),
    maximumDemandImportReset: get(maximumDemandImportReset.value),
    maximumDemandImportValue: get(maximumDemandImport.value),
    maximumDemandImportScalerUnit: get(maximumDemandImport.scalerUnit),
    maximumDemandImportCaptureTime: get(maximumDemandImport.captureTime),
    maximumDemandConfigurableTimeImportValue: get(maximumDemandConfigurableTimeImport.value),
    maximumDemandConfigurableTimeImportScalerUnit: get(maximumDemandConfigurableTimeImport.scalerUnit),
    maximumDemandConfigurableTimeImportCaptureTime: get(maximumDemandConfigurableTimeImport.captureTime),
    maximumDemandConfigurableTimePeriod: get(maximumDemandConfigurableTimePeriod.entries),
  },
})
