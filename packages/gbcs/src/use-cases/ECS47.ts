import {
  auxiliaryController1SettingEnd,
  auxiliaryController1SettingStart,
  auxiliaryController2SettingEnd,
  auxiliaryController2SettingStart,
  auxiliaryController3SettingEnd,
  auxiliaryController3SettingStart,
  auxiliaryController4SettingEnd,
  auxiliaryController4SettingStart,
  auxiliaryController5SettingEnd,
  auxiliaryController5SettingStart,
  auxiliaryLoadControlScripts,
} from '../objects/index.js'
import { cosemUseCase, invoke, maybe, set } from './cosem-use-case.js'

/** Set or Reset HC ALCS or ALCS State. GBCS use case ECS47, service request 7.5. */
export const ECS47 = cosemUseCase({
  name: 'ECS47',
  title: 'Set or Reset HC ALCS or ALCS State',
  code: 0x0055,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '7.5',
  replayProtected: true,
  items: {
    auxiliaryController1SettingStart: maybe(set(auxiliaryController1SettingStart.value)),
    auxiliaryController1SettingEnd: maybe(set(auxiliaryController1SettingEnd.value)),
    auxiliaryController2SettingStart: maybe(set(auxiliaryController2SettingStart.value)),
    auxiliaryController2SettingEnd: maybe(set(auxiliaryController2SettingEnd.value)),
    auxiliaryController3SettingStart: maybe(set(auxiliaryController3SettingStart.value)),
    auxiliaryController3SettingEnd: maybe(set(auxiliaryController3SettingEnd.value)),
    auxiliaryController4SettingStart: maybe(set(auxiliaryController4SettingStart.value)),
    auxiliaryController4SettingEnd: maybe(set(auxiliaryController4SettingEnd.value)),
    auxiliaryController5SettingStart: maybe(set(auxiliaryController5SettingStart.value)),
    auxiliaryController5SettingEnd: maybe(set(auxiliaryController5SettingEnd.value)),
    auxiliaryLoadControlScripts: invoke(auxiliaryLoadControlScripts.execute),
  },
})
