import {
  auxiliaryController1LimitEnd,
  auxiliaryController1LimitStart,
  auxiliaryController2LimitEnd,
  auxiliaryController2LimitStart,
  auxiliaryController3LimitEnd,
  auxiliaryController3LimitStart,
  auxiliaryController4LimitEnd,
  auxiliaryController4LimitStart,
  auxiliaryController5LimitEnd,
  auxiliaryController5LimitStart,
  auxiliaryProportionalControllerScripts,
} from '../objects/index.js'
import { cosemUseCase, invoke, maybe, set } from './cosem-use-case.js'

/** Limit APC [n] Level. GBCS use case ECS47e, service request 7.16. */
export const ECS47e = cosemUseCase({
  name: 'ECS47e',
  title: 'Limit APC [n] Level',
  code: 0x011f,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['loadController'],
  serviceRequest: '7.16',
  replayProtected: true,
  items: {
    auxiliaryController1LimitStart: maybe(set(auxiliaryController1LimitStart.value)),
    auxiliaryController1LimitEnd: maybe(set(auxiliaryController1LimitEnd.value)),
    auxiliaryController2LimitStart: maybe(set(auxiliaryController2LimitStart.value)),
    auxiliaryController2LimitEnd: maybe(set(auxiliaryController2LimitEnd.value)),
    auxiliaryController3LimitStart: maybe(set(auxiliaryController3LimitStart.value)),
    auxiliaryController3LimitEnd: maybe(set(auxiliaryController3LimitEnd.value)),
    auxiliaryController4LimitStart: maybe(set(auxiliaryController4LimitStart.value)),
    auxiliaryController4LimitEnd: maybe(set(auxiliaryController4LimitEnd.value)),
    auxiliaryController5LimitStart: maybe(set(auxiliaryController5LimitStart.value)),
    auxiliaryController5LimitEnd: maybe(set(auxiliaryController5LimitEnd.value)),
    auxiliaryProportionalControllerScripts: invoke(auxiliaryProportionalControllerScripts.execute),
  },
})
