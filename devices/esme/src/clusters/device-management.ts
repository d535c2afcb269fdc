import { utf8 } from '@smets2-sim/bytes'
import { han } from '@smets2-sim/firmware'
import { deviceManagement } from '@smets2-sim/zcl'
import type { ElectricityHome } from './home.js'
import { asUint32 } from './wire.js'

/** Device Management cluster of an electricity meter: its supplier, and the thresholds of the ambient light. */
export const deviceManagementServer = han.servedCluster<ElectricityHome, typeof deviceManagement>(deviceManagement, {
  attributes: {
    providerName: ({ readings }) => utf8(readings.supplier().name),
    providerContactDetails: ({ readings }) => utf8(readings.supplier().contact),
    lowMediumThreshold: ({ readings }) => asUint32(readings.powerThresholds().lowMediumPowerThresholdW),
    mediumHighThreshold: ({ readings }) => asUint32(readings.powerThresholds().mediumHighPowerThresholdW),
  },
})
