import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'

/** Basic cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const basic = {
  id: 0x0000,
  name: 'Basic',
  attributes: {
    hwVersion: { id: 0x0003, type: t.uint8 },
    manufacturerName: { id: 0x0004, type: t.charString },
    modelIdentifier: { id: 0x0005, type: t.charString },
  },
  toServer: {},
  toClient: {},
} as const satisfies Cluster
