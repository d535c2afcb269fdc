import { deviceManagement } from '@smets2-sim/zcl'
import { gbzUseCase, toClient } from './gbz-use-case.js'

/** Set Change of Tenancy date on GPF. GBCS use case GCS09, service request 3.2. */
export const GCS09 = gbzUseCase({
  name: 'GCS09',
  title: 'Set Change of Tenancy date on GPF',
  code: 0x0072,
  devices: ['gpf'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.2',
  items: {
    publishChangeOfTenancy: toClient(deviceManagement, 'publishChangeOfTenancy'),
  },
})
