import { exportDailyReadLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read Electricity Daily Read Log (export only). GBCS use case ECS21c, service request 4.6.2. */
export const ECS21c = cosemUseCase({
  name: 'ECS21c',
  title: 'Read Electricity Daily Read Log (export only)',
  code: 0x0035,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '4.6.2',
  items: {
    exportDailyReadLog: select(exportDailyReadLog.buffer),
  },
})
