import { firmwareVersion } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME/SAPC/Comms Hub Firmware Version. GBCS use case ECS52, service request 11.2. */
export const ECS52 = cosemUseCase({
  name: 'ECS52',
  title: 'Read ESME/SAPC/Comms Hub Firmware Version',
  code: 0x0059,
  devices: ['esme', 'chf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '11.2',
  items: {
    firmwareVersion: get(firmwareVersion.value),
  },
})
