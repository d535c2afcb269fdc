import { events } from '@smets2-sim/zcl'
import { han } from '@smets2-sim/firmware'
import type { GasHome } from './home.js'
import { asOutside } from './mirrored.js'

/** Events cluster of a gas proxy: its copies of the logs of the gas meter, as to parties outside. facts 10.11. */
export const eventsServer = han.servedCluster<GasHome, typeof events>(events, {
  commands: { getEventLog: asOutside(events, 'getEventLog') },
})
