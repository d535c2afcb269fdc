import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'

/** Basic cluster, as far as GBCS uses it (facts 6.5, 10.1.1, gbz_commands.json). */
export const basic = {
  id: 0x0000,
  name: 'Basic',
  attributes: {
    zclVersion: { id: 0x0000, type: t.uint8 },
    applicationVersion: { id: 0x0001, type: t.uint8 },
    stackVersion: { id: 0x0002, type: t.uint8 },
    hwVersion: { id: 0x0003, type: t.uint8 },
    manufacturerName: { id: 0x0004, type: t.charString },
    modelIdentifier: { id: 0x0005, type: t.charString },
    dateCode: { id: 0x0006, type: t.charString },
    powerSource: { id: 0x0007, type: t.enum8 },
    physicalEnvironment: { id: 0x0011, type: t.enum8 },
  },
  toServer: {},
  toClient: {},
} as const satisfies Cluster
