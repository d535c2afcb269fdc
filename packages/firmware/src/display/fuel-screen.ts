import type { Known } from './known.js'
import { isHeard } from './link.js'
import type { ValueRows } from './fuel-rows.js'
import type { FuelScreen, FuelValues, LinkView, SharedAlert, Unavailable } from './screen.js'

/**
 * One fuel as the screen shows it. A value that cannot be had is missing and its reason given. Without a link only what
 * changes by the second is missing: what was read before stays, and the link says since when (our decision).
 */
export function fuelScreen(
  rows: ValueRows,
  known: Known,
  link: LinkView,
  isJoined: boolean,
  alerts: readonly SharedAlert[],
): FuelScreen {
  const values: Record<string, unknown> = {}
  const unavailable: Record<string, Unavailable> = {}
  for (const [name, row] of Object.entries(rows) as [keyof FuelValues, NonNullable<ValueRows[keyof FuelValues]>][]) {
    const missing = row.needs.find((key) => !known.isThere(key))
    const value = missing === undefined ? row.value(known) : undefined
    if (!isJoined) unavailable[name] = 'notJoined'
    else if (row.isLive && link.state === 'lost') unavailable[name] = 'linkLost'
    else if (value !== undefined) values[name] = value
    else unavailable[name] = missing !== undefined && !known.wasRead(missing) ? notRead(link) : 'notProvided'
  }
  return { ...values, link, unavailable, alerts }
}
const notRead = ({ state }: LinkView): Unavailable =>
  isHeard(state) || state === 'searching' ? 'notReadYet' : 'linkLost'
