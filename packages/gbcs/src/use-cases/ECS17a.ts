import { activeExportRegister, reactiveExportRegister } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Energy Registers (Export Energy). GBCS use case ECS17a, service request 4.2. */
export const ECS17a = cosemUseCase({
  name: 'ECS17a',
  title: 'Read ESME Energy Registers (Export Energy)',
  code: 0x0026,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator', 'accessControlBroker'],
  serviceRequest: '4.2',
  timed: true,
  items: {
    activeExportRegisterValue: get(activeExportRegister.value),
    activeExportRegisterScalerUnit: get(activeExportRegister.scalerUnit),
    reactiveExportRegisterValue: get(reactiveExportRegister.value),
    reactiveExportRegisterScalerUnit: get(reactiveExportRegister.scalerUnit),
  },
})
