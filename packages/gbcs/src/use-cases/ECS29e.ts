import { averageRmsOverVoltageCounterPhase1, averageRmsUnderVoltageCounterPhase1 } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Reset RMS Voltage Counters on ESME. GBCS use case ECS29e, service request 6.27. */
export const ECS29e = cosemUseCase({
  name: 'ECS29e',
  title: 'Reset RMS Voltage Counters on ESME',
  code: 0x00d3,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.27',
  replayProtected: true,
  items: {
    averageRmsUnderVoltageCounterPhase1: invokeWith(averageRmsUnderVoltageCounterPhase1.reset, 0),
    averageRmsOverVoltageCounterPhase1: invokeWith(averageRmsOverVoltageCounterPhase1.reset, 0),
  },
})
