import { han } from '@smets2-sim/firmware'
import { deviceManagement } from '@smets2-sim/zcl'
import type { GasHome } from './home.js'

/** Device Management cluster of a gas proxy: the gas supplier. */
export const deviceManagementServer = han.servedCluster<GasHome, typeof deviceManagement>(deviceManagement, {
  attributes: {
    providerName: ({ readings }) => readings.supplier().name,
    providerContactDetails: ({ readings }) => readings.supplier().contact,
  },
})
