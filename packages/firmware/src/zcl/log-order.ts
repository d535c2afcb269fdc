import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Log } from '../state/ring-log.js'

/**
 * Puts entries that came from elsewhere where their times belong: what is learned need not come in order, and may be
 * known already. `isSame` tells that two entries of one time are the same; the newer takes the place of the older.
 */
export function insertByTime<E>(
  log: Log<E>,
  timeOf: (entry: E) => UtcSeconds,
  added: readonly E[],
  isSame: (one: E, other: E) => boolean = () => false,
): void {
  const kept = [...log.entries()].filter(
    (one) => !added.some((other) => timeOf(one) === timeOf(other) && isSame(one, other)),
  )
  const all = [...kept, ...added].sort((one, other) => timeOf(one) - timeOf(other))
  log.clear()
  for (const entry of all) log.append(entry)
}
