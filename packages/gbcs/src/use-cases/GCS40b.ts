import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Reset Prepayment Mode Meter Balance on the GSME. GBCS use case GCS40b, service request 1.5. */
export const GCS40b = gbzUseCase({
  name: 'GCS40b',
  title: 'Reset Prepayment Mode Meter Balance on the GSME',
  code: 0x00b4,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.5',
  replayProtected: true,
  items: {
    creditAdjustment: only(
      toServer(prepayment, 'creditAdjustment'),
      ({ creditAdjustmentType }) => creditAdjustmentType === 1,
    ),
  },
})
