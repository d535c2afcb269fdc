import { powerThresholds } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Instantaneous Power Threshold Configuration. GBCS use case ECS34, service request 6.12. */
export const ECS34 = cosemUseCase({
  name: 'ECS34',
  title: 'Set Instantaneous Power Threshold Configuration',
  code: 0x0047,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.12',
  items: {
    powerThresholds: set(powerThresholds.thresholds),
  },
})
