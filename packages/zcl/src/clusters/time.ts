import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'

/** Time cluster: the communications hub serves it (facts 10.12). */
export const time = {
  id: 0x000a,
  name: 'Time',
  attributes: {
    time: { id: 0x0000, type: t.utcTime },
    timeStatus: { id: 0x0001, type: t.bitmap8 },
    timeZone: { id: 0x0002, type: t.int32 },
    dstStart: { id: 0x0003, type: t.uint32 },
    dstEnd: { id: 0x0004, type: t.uint32 },
    dstShift: { id: 0x0005, type: t.int32 },
    standardTime: { id: 0x0006, type: t.uint32 },
    localTime: { id: 0x0007, type: t.uint32 },
    lastSetTime: { id: 0x0008, type: t.utcTime },
    validUntilTime: { id: 0x0009, type: t.utcTime },
  },
  toServer: {},
  toClient: {},
} as const satisfies Cluster
