import { decodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import type { TimeStatus } from '@smets2-sim/firmware'
import type { DecodedSet } from '../reference-set/decoded-set.js'
import type { Scenario } from '../reference-set/scenarios.js'

const statuses: Readonly<Record<number, TimeStatus>> = { 0x01: 'invalid', 0x02: 'unreliable' }

/** The time in a response, and how far the device trusted it. */
export function timeOf({
  response,
}: Scenario): { time: UtcSeconds; status: TimeStatus; clockStatus: number } | undefined {
  const { dateTime } = response?.message ?? {}
  if (!dateTime) return undefined
  const { time, clockStatus } = decodeDateTime(dateTime)
  return { time, clockStatus, status: statuses[clockStatus] ?? 'reliable' }
}

/** The time that most responses of the set quote: when the others were made too. */
export function usualTime(set: DecodedSet): UtcSeconds {
  const counts = new Map<UtcSeconds, number>()
  for (const { message } of set.messages)
    if (message.dateTime) {
      const { time } = decodeDateTime(message.dateTime)
      counts.set(time, (counts.get(time) ?? 0) + 1)
    }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0]
}
