import { price } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Read GSME Configuration Data Device Information (BillingCalendar - all periodicities). GBCS use case GCS21k, service request 6.2.3. */
export const GCS21k = gbzUseCase({
  name: 'GCS21k',
  title: 'Read GSME Configuration Data Device Information (BillingCalendar - all periodicities)',
  code: 0x00da,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.2.3',
  items: {
    getBillingPeriod: toServer(price, 'getBillingPeriod'),
  },
})
