import { alerts } from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/** Alerts about refused accesses in one hour. Our decision, as for messages: a flood must not become one of alerts. */
const ALERTS_AN_HOUR = 10
const HOUR_S = 3600
const refused: Item<{ readonly since: number; readonly count: number }> = item('han.refused', { since: 0, count: 0 })

/**
 * Another device of the home tried what it may not do: an entry in the security log, and an alert 8F3E for each of the
 * first in an hour (that this is the code for it is our decision).
 */
export function refuseAccess(device: Device): void {
  const { count } = device.items.update(refused, (r) =>
    device.now - r.since >= HOUR_S ? { since: device.now, count: 1 } : { ...r, count: r.count + 1 },
  )
  if (count <= ALERTS_AN_HOUR) return raise(device, 'unauthorisedCommunicationAccessAttempted')
  const { security } = device.profile.alertLogs
  if (security)
    device.log(security).append({ time: device.now, code: alerts.unauthorisedCommunicationAccessAttempted.code })
}
