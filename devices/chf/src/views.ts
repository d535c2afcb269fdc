import { eui64Bytes } from '@smets2-sim/bytes'
import { itemOf, viewOf, type Views } from '@smets2-sim/firmware'
import { deviceIdentifier } from '@smets2-sim/gbcs'
import { deviceLogViews } from './device-log/views.js'
import { subGhzViews } from './sub-ghz/views.js'

/** Whose hub it is: its own identifier, unless a bench has given it another. */
const identity = viewOf(deviceIdentifier.value, {
  get: ({ device }) => {
    const primed = itemOf(deviceIdentifier.value)
    return device.items.has(primed) ? device.items.read(primed) : eui64Bytes(device.id)
  },
  prime: ({ device }, value) => device.items.write(itemOf(deviceIdentifier.value), value),
})

/** Views of COSEM members that are more than a stored data item; a table for each concern. */
export const views: Views = new Map([identity, ...deviceLogViews, ...subGhzViews])
