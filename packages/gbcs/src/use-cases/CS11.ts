import { events } from '@smets2-sim/zcl'
import { gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Clear ZigBee Device Event Log. GBCS use case CS11, service request 3.3. */
export const CS11 = gbzUseCase({
  name: 'CS11',
  title: 'Clear ZigBee Device Event Log',
  code: 0x0015,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.3',
  items: {
    clearEventLogRequest: only(toServer(events, 'clearEventLogRequest'), ({ logId }) => [3, 6].includes(logId & 0x0f)),
  },
})
