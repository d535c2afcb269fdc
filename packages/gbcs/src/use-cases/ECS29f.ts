import {
  averageRmsOverVoltageCounterPhase1,
  averageRmsOverVoltageCounterPhase2,
  averageRmsOverVoltageCounterPhase3,
  averageRmsUnderVoltageCounterPhase1,
  averageRmsUnderVoltageCounterPhase2,
  averageRmsUnderVoltageCounterPhase3,
} from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Reset RMS Voltage Counters on polyphase ESME. GBCS use case ECS29f, service request 6.27. */
export const ECS29f = cosemUseCase({
  name: 'ECS29f',
  title: 'Reset RMS Voltage Counters on polyphase ESME',
  code: 0x00d4,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.27',
  replayProtected: true,
  items: {
    averageRmsUnderVoltageCounterPhase1: invokeWith(averageRmsUnderVoltageCounterPhase1.reset, 0),
    averageRmsOverVoltageCounterPhase1: invokeWith(averageRmsOverVoltageCounterPhase1.reset, 0),
    averageRmsUnderVoltageCounterPhase2: invokeWith(averageRmsUnderVoltageCounterPhase2.reset, 0),
    averageRmsOverVoltageCounterPhase2: invokeWith(averageRmsOverVoltageCounterPhase2.reset, 0),
    averageRmsUnderVoltageCounterPhase3: invokeWith(averageRmsUnderVoltageCounterPhase3.reset, 0),
    averageRmsOverVoltageCounterPhase3: invokeWith(averageRmsOverVoltageCounterPhase3.reset, 0),
  },
})
