import { native } from '@smets2-sim/crypto'
import { GbcsError } from '@smets2-sim/bytes'
import { kindsOf } from '../bench-device/kind.js'
import { usualTime } from '../exchanges/reference-time.js'
import { playExchange } from '../exchanges/run-exchange.js'
import { loadReferenceSet } from '../messages/index.js'
import { decodeSet } from '../reference-set/decoded-set.js'
import { scenariosOf } from '../reference-set/scenarios.js'

/** How many exchanges of the reference there are, and how many are identical; some nobody can verify. */
export interface ReferenceCount {
  readonly total: number
  readonly identical: number
  readonly unverifiable: number
}

/** Counts of the exchanges in a folder of reference messages, by message code. */
export function referenceCounts(directory: string): ReadonlyMap<number, ReferenceCount> {
  const set = decodeSet(loadReferenceSet(directory))
  const context = { set, kinds: kindsOf(set), crypto: native, usualTime: usualTime(set) }
  const counts = new Map<number, ReferenceCount>()
  for (const scenario of scenariosOf(set)) {
    const { command, response } = scenario
    if (!command || !response) continue
    const { messageCode } = command.message.otherInformation
    const before = counts.get(messageCode) ?? { total: 0, identical: 0, unverifiable: 0 }
    const isVerifiable = command.macBetween !== null
    const isIdentical = isVerifiable && plays(() => playExchange(context, scenario).different === undefined)
    counts.set(messageCode, {
      total: before.total + 1,
      identical: before.identical + (isIdentical ? 1 : 0),
      unverifiable: before.unverifiable + (isVerifiable ? 0 : 1),
    })
  }
  return counts
}

function plays(check: () => boolean): boolean {
  try {
    return check()
  } catch (error) {
    if (error instanceof GbcsError) return false
    throw error
  }
}
