import { price } from '@smets2-sim/zcl'
import { gbzUseCase, toServer } from './gbz-use-case.js'

/** Read GSME Billing Calendar (legacy, replaced by GCS21k). GBCS use case GCS21d, service request 6.2.3. */
export const GCS21d = gbzUseCase({
  name: 'GCS21d',
  title: 'Read GSME Billing Calendar (legacy, replaced by GCS21k)',
  code: 0x009d,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.2.3',
  items: {
    getBillingPeriod: toServer(price, 'getBillingPeriod'),
  },
})
