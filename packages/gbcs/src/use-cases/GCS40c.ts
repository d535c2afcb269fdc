import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Adjust Credit Mode Meter Balance on the GSME. GBCS use case GCS40c, service request 1.5. */
export const GCS40c = gbzUseCase({
  name: 'GCS40c',
  title: 'Adjust Credit Mode Meter Balance on the GSME',
  code: 0x00c0,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.5',
  replayProtected: true,
  items: {
    creditAdjustment: only(
      toServer(prepayment, 'creditAdjustment'),
      ({ creditAdjustmentType }) => creditAdjustmentType === 3,
    ),
  },
})
