import { type ConformanceRun, type Difference, passed } from './result.js'

const of = (part: number, whole: number): string => `${part} of ${whole}`
const SHOWN = 20

/** The result for people. */
export function textReport({ result, accepted, leftOut }: ConformanceRun): string {
  const { messages: m, exchanges, precommands, alerts, abuse } = result
  const lines = [
    `messages     ${of(m.roundTrip, m.total)} decoded and encoded again without a difference`,
    `  signatures ${of(m.signatures.valid, m.signatures.checked)} valid`,
    `  MACs       ${of(m.macs.valid, m.macs.checked)} valid`,
    `  encrypted  ${of(m.protected.opened, m.protected.found)} opened`,
    `exchanges    ${of(exchanges.identical, exchanges.total)} identical, ${exchanges.unverifiable.length} ${leftOut ? 'left out' : 'unverifiable'}`,
    `precommands  ${of(precommands.identical, precommands.total)} identical`,
    `alerts       ${of(alerts.identical, alerts.total)} identical`,
    `abuse        ${abuse.accepted} of ${abuse.tried} wrong messages accepted`,
  ]
  const different = [...exchanges.different, ...precommands.different, ...alerts.different]
  for (const { scenario, reason } of different.slice(0, SHOWN)) lines.push(`  ${scenario}: ${reason}`)
  if (different.length > SHOWN) lines.push(`  and ${different.length - SHOWN} more`)
  for (const { scenario, kind, effect } of accepted.slice(0, SHOWN)) lines.push(`  ${scenario}, ${kind}: ${effect}`)
  for (const [reason, count] of reasonsOf(leftOut ?? [])) lines.push(`  left out, ${count}: ${reason}`)
  lines.push(passed(result) ? 'passed' : 'FAILED')
  return `${lines.join('\n')}\n`
}

/** How often each reason stands in a list. */
function reasonsOf(list: readonly Difference[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { reason } of list) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return counts
}
