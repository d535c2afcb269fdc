import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'

/** Keep-Alive cluster: how often a device shows the trust centre that it is there (facts 10.7). */
export const keepAlive = {
  id: 0x0025,
  name: 'Keep-Alive',
  attributes: {
    /** Minutes. */
    tcKeepAliveBase: { id: 0x0000, type: t.uint8 },
    /** Seconds, added at random. */
    tcKeepAliveJitter: { id: 0x0001, type: t.uint16 },
  },
  toServer: {},
  toClient: {},
} as const satisfies Cluster
