import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Reset Credit Mode Meter Balance on the GSME. GBCS use case GCS40d, service request 1.5. */
export const GCS40d = gbzUseCase({
  name: 'GCS40d',
  title: 'Reset Credit Mode Meter Balance on the GSME',
  code: 0x00c2,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.5',
  replayProtected: true,
  items: {
    creditAdjustment: only(
      toServer(prepayment, 'creditAdjustment'),
      ({ creditAdjustmentType }) => creditAdjustmentType === 2,
    ),
  },
})
