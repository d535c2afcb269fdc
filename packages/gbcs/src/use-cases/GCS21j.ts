import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read GSME Configuration Data Device Information (Payment Mode). GBCS use case GCS21j, service request 6.2.9. */
export const GCS21j = gbzUseCase({
  name: 'GCS21j',
  title: 'Read GSME Configuration Data Device Information (Payment Mode)',
  code: 0x00bf,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.2.9',
  items: {
    readPrepayment: read(prepayment, 'paymentControlConfiguration'),
  },
})
