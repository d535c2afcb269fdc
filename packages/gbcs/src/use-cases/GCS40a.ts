import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Adjust Prepayment Mode Meter Balance on the GSME. GBCS use case GCS40a, service request 1.5. */
export const GCS40a = gbzUseCase({
  name: 'GCS40a',
  title: 'Adjust Prepayment Mode Meter Balance on the GSME',
  code: 0x0086,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.5',
  replayProtected: true,
  items: {
    creditAdjustment: only(
      toServer(prepayment, 'creditAdjustment'),
      ({ creditAdjustmentType }) => creditAdjustmentType === 0,
    ),
  },
})
