import { type ConformanceRun, passed } from './result.js'

const of = (part: number, whole: number): string => `${part} of ${whole}`
const SHOWN = 20

/** The result for people. */
export function textReport({ result, accepted }: ConformanceRun): string {
  const { messages: m, exchanges, precommands, alerts, abuse } = result
  const lines = [
    `messages     ${of(m.roundTrip, m.total)} decoded and encoded again without a difference`,
    `  signatures ${of(m.signatures.valid, m.signatures.checked)} valid`,
    `  MACs       ${of(m.macs.valid, m.macs.checked)} valid`,
    `  encrypted  ${of(m.protected.opened, m.protected.found)} opened`,
    `exchanges    ${of(exchanges.identical, exchanges.total)} identical, ${exchanges.unverifiable.length} unverifiable`,
    `precommands  ${of(precommands.identical, precommands.total)} identical`,
    `alerts       ${of(alerts.identical, alerts.total)} identical`,
    `abuse        ${abuse.accepted} of ${abuse.tried} wrong messages accepted`,
  ]
  const different = [...exchanges.different, ...precommands.different, ...alerts.different]
  for (const { scenario, reason } of different.slice(0, SHOWN)) lines.push(`  ${scenario}: ${reason}`)
  if (different.length > SHOWN) lines.push(`  and ${different.length - SHOWN} more`)
  for (const { scenario, kind, effect } of accepted.slice(0, SHOWN)) lines.push(`  ${scenario}, ${kind}: ${effect}`)
  lines.push(passed(result) ? 'passed' : 'FAILED')
  return `${lines.join('\n')}\n`
}
