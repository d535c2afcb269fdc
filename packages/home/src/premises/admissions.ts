import { hubLog } from '@smets2-sim/chf'
import type { Eui64 } from '@smets2-sim/bytes'
import type { Device } from '@smets2-sim/firmware'
import { type DeviceName, installCodeOf } from '../config/ids.js'
import type { Admission } from '../network/home-network.js'

/** Of a device that had joined before the hub was started again. Our decision. */
const REJOIN_S = 3600

/** Install code by device, as it stands on the label. */
export type Labels = (id: Eui64) => Uint8Array | undefined
export const labelsOf =
  (seed: number, ids: ReadonlyMap<DeviceName, Eui64>): Labels =>
  (wanted) => {
    const name = [...ids].find(([, id]) => id === wanted)?.[0]
    return name && installCodeOf(seed, name)
  }

/**
 * Whom a hub lets onto its network: those in its device log that have joined, and those whose time to join runs. The
 * network keeps no keys over a restart of the program, so that who had joined does so again by its label.
 */
export const admissionsOf = (hub: Device, labelOf: Labels): Admission[] =>
  hub.items.read(hubLog).flatMap(({ deviceId: id, deviceType, installCode, hashedLinkKey, joining }) => {
    const isJoined = hashedLinkKey.length > 0
    const code = isJoined ? labelOf(id) : installCode
    if (!code || (!isJoined && !joining)) return []
    return { id, deviceType, installCode: code, joinTimeoutS: joining ? joining.until - hub.now : REJOIN_S }
  })
