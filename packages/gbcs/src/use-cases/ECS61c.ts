import {
  boostFunctionAvailability,
  boostFunctionControl1,
  boostFunctionControl2,
  boostFunctionControl3,
  boostFunctionControl4,
  boostFunctionControl5,
  boostFunctionEventLog,
} from '../objects/index.js'
import { cosemUseCase, get, select } from './cosem-use-case.js'

/** Read Boost Function Data. GBCS use case ECS61c, service request 7.11. */
export const ECS61c = cosemUseCase({
  name: 'ECS61c',
  title: 'Read Boost Function Data',
  code: 0x005e,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '7.11',
  items: {
    boostFunctionAvailability: get(boostFunctionAvailability.value),
    boostFunctionEventLog: select(boostFunctionEventLog.buffer),
    boostFunctionControl1: get(boostFunctionControl1.value),
    boostFunctionControl2: get(boostFunctionControl2.value),
    boostFunctionControl3: get(boostFunctionControl3.value),
    boostFunctionControl4: get(boostFunctionControl4.value),
    boostFunctionControl5: get(boostFunctionControl5.value),
  },
})
