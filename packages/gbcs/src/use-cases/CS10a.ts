import { events } from '@smets2-sim/zcl'
import { disableDefault, gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Read ZigBee Device Event Log. GBCS use case CS10a, service request 6.13. */
export const CS10a = gbzUseCase({
  name: 'CS10a',
  title: 'Read ZigBee Device Event Log',
  code: 0x0014,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.13',
  items: {
    getEventLog: disableDefault(
      only(toServer(events, 'getEventLog'), ({ eventControlLogId: id }) => [3, 6].includes(id & 0x0f)),
    ),
  },
})
