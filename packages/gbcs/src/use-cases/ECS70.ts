import { clock } from '../objects/index.js'
import { cosemUseCase, get, invoke, invokeWith, set } from './cosem-use-case.js'

/** Set Clock on ESME. GBCS use case ECS70, service request 6.11. */
export const ECS70 = cosemUseCase({
  name: 'ECS70',
  title: 'Set Clock on ESME',
  code: 0x0062,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.11',
  replayProtected: true,
  items: {
    clockClockBase: set(clock.clockBase),
    clockPresetAdjustingTime: invoke(clock.presetAdjustingTime),
    clockAdjustToPresetTime: invokeWith(clock.adjustToPresetTime, 0),
    clockTime: get(clock.time),
    clockStatus: get(clock.status),
  },
})
