import { deviceManagement } from '@smets2-sim/zcl'
import { gbzUseCase, only, toClient } from './gbz-use-case.js'

/** Disable Privacy PIN Protection on GSME. GBCS use case GCS11, service request 3.5. */
export const GCS11 = gbzUseCase({
  name: 'GCS11',
  title: 'Disable Privacy PIN Protection on GSME',
  code: 0x0073,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.5',
  replayProtected: true,
  items: {
    requestNewPasswordResponse: only(
      toClient(deviceManagement, 'requestNewPasswordResponse'),
      ({ passwordType }) => passwordType === 2,
    ),
  },
})
