import { networkOperatorLoggingSettings, networkOperatorWanAlertSettings } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read non-critical event and alert behaviours - ESME- Network Operator. GBCS use case ECS25r2, service request 6.2.10. */
export const ECS25r2 = cosemUseCase({
  name: 'ECS25r2',
  title: 'Read non-critical event and alert behaviours - ESME- Network Operator',
  code: 0x00ef,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.2.10',
  items: {
    networkOperatorWanAlertSettings: get(networkOperatorWanAlertSettings.value),
    networkOperatorLoggingSettings: get(networkOperatorLoggingSettings.value),
  },
})
