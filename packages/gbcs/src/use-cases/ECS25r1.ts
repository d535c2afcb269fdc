import {
  supplierAudibleAlarmSettings,
  supplierHanAlertSettings,
  supplierLoggingSettings,
  supplierWanAlertSettings,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read non-critical event and alert behaviours - ESME- Supplier. GBCS use case ECS25r1, service request 6.2.10. */
export const ECS25r1 = cosemUseCase({
  name: 'ECS25r1',
  title: 'Read non-critical event and alert behaviours - ESME- Supplier',
  code: 0x00ee,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.2.10',
  items: {
    supplierWanAlertSettings: get(supplierWanAlertSettings.value),
    supplierHanAlertSettings: get(supplierHanAlertSettings.value),
    supplierAudibleAlarmSettings: get(supplierAudibleAlarmSettings.value),
    supplierLoggingSettings: get(supplierLoggingSettings.value),
  },
})
