import {
  averageRmsOverVoltageCounterPhase1,
  averageRmsOverVoltageCounterPhase2,
  averageRmsOverVoltageCounterPhase3,
  averageRmsUnderVoltageCounterPhase1,
  averageRmsUnderVoltageCounterPhase2,
  averageRmsUnderVoltageCounterPhase3,
} from '../objects/index.js'
import { cosemUseCase, invoke } from './cosem-use-case.js'

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
    averageRmsUnderVoltageCounterPhase1: invoke(averageRmsUnderVoltageCounterPhase1.reset),
    averageRmsOverVoltageCounterPhase1: invoke(averageRmsOverVoltageCounterPhase1.reset),
    averageRmsUnderVoltageCounterPhase2: invoke(averageRmsUnderVoltageCounterPhase2.reset),
    averageRmsOverVoltageCounterPhase2: invoke(averageRmsOverVoltageCounterPhase2.reset),
    averageRmsUnderVoltageCounterPhase3: invoke(averageRmsUnderVoltageCounterPhase3.reset),
    averageRmsOverVoltageCounterPhase3: invoke(averageRmsOverVoltageCounterPhase3.reset),
  },
})
