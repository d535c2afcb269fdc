import { events } from '@smets2-sim/zcl'
import { disableDefault, gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Read ZigBee Device Security Log. GBCS use case CS10b, service request 6.13. */
export const CS10b = gbzUseCase({
  name: 'CS10b',
  title: 'Read ZigBee Device Security Log',
  code: 0x00a1,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.13',
  items: {
    getEventLog: disableDefault(
      only(toServer(events, 'getEventLog'), ({ eventControlLogId: id }) => [4, 7].includes(id & 0x0f)),
    ),
  },
})
