import {
  boostFunctionControl1,
  boostFunctionControl2,
  boostFunctionControl3,
  boostFunctionControl4,
  boostFunctionControl5,
} from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set ALCS/APC and Boost Function Association. GBCS use case ECS62, service request 7.9. */
export const ECS62 = cosemUseCase({
  name: 'ECS62',
  title: 'Set ALCS/APC and Boost Function Association',
  code: 0x005f,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '7.9',
  replayProtected: true,
  items: {
    boostFunctionControl1: set(boostFunctionControl1.value),
    boostFunctionControl2: set(boostFunctionControl2.value),
    boostFunctionControl3: set(boostFunctionControl3.value),
    boostFunctionControl4: set(boostFunctionControl4.value),
    boostFunctionControl5: set(boostFunctionControl5.value),
  },
})
