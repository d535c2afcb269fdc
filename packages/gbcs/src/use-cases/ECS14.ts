import { privacyPin } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Disable Privacy PIN Protection on ESME. GBCS use case ECS14, service request 3.5. */
export const ECS14 = cosemUseCase({
  name: 'ECS14',
  title: 'Disable Privacy PIN Protection on ESME',
  code: 0x0023,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.5',
  replayProtected: true,
  items: {
    privacyPin: set(privacyPin.value),
  },
})
