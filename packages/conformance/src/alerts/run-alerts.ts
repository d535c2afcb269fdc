import { equalBytes, type Eui64 } from '@smets2-sim/bytes'
import { decodeMessage, fromGeneralizedTime, asn1Payloads, decodeAsn1 } from '@smets2-sim/gbcs'
import { makeBench, type Bench } from '../bench-device/bench-device.js'
import { difference } from '../exchanges/compare.js'
import { type ExchangeContext, openWith, playExchange } from '../exchanges/run-exchange.js'
import type { DecodedReference } from '../reference-set/decoded-set.js'
import type { Scenario } from '../reference-set/scenarios.js'
import { alertCodeOf } from './alert-code.js'
import { partsOf, stimulate } from './stimuli.js'

/** Outcome for one alert: what is different, undefined when nothing is but the octets of the signature. */
export interface AlertResult {
  readonly scenario: string
  readonly file: string
  readonly different?: string
}

/** Raises every alert of a scenario: those that follow a command by its time, the others by what they tell of. */
export function runAlerts(context: ExchangeContext, scenario: Scenario): AlertResult[] {
  if (scenario.alerts.length === 0) return []
  if (!scenario.command) return scenario.alerts.map((alert) => resultOf(scenario, alert, raiseAlone(context, alert)))
  const { bench } = playExchange(context, scenario)
  const [first] = scenario.alerts as [DecodedReference]
  bench.sent.length = 0
  bench.device.counters.own = first.message.originatorCounter - 1n
  bench.device.clock.set(timeOfAlert(first) ?? context.usualTime)
  bench.device.tick()
  return scenario.alerts.map((alert) => resultOf(scenario, alert, findSent(context, bench, alert)))
}

const resultOf = (
  { name: scenario }: Scenario,
  { file }: DecodedReference,
  different: string | undefined,
): AlertResult => ({
  scenario,
  file,
  ...(different !== undefined && { different }),
})

/** When an alert says that its cause happened. */
function timeOfAlert({ message }: DecodedReference): number | undefined {
  const type = asn1Payloads.get(message.otherInformation.messageCode)?.alert
  if (!type) return partsOf(message).time
  const value = decodeAsn1(type, message.content).value as Record<string, unknown>
  const text = value['executionDateTime'] ?? value['time'] ?? value['backupDateTime']
  return typeof text === 'string' ? fromGeneralizedTime(text) : undefined
}

function raiseAlone(context: ExchangeContext, alert: DecodedReference): string | undefined {
  const { set, kinds, crypto, usualTime } = context
  const { message } = alert
  const kind = kinds.get(message.originator)
  const code = alertCodeOf(message)
  if (!kind || code === undefined) return 'neither the device nor the code is known'
  const bench = makeBench(set, kind, message.originator as Eui64, {
    crypto,
    time: timeOfAlert(alert) ?? usualTime,
    parties: [message.target],
  })
  bench.device.counters.own = message.originatorCounter - 1n
  stimulate(code, {
    device: bench.device,
    message,
    ...partsOf(message),
    open: (sealed) => openWith(context, message, sealed),
  })
  return findSent(context, bench, alert)
}

/** The alert with the counter of the reference, among those that were sent. */
function findSent(context: ExchangeContext, bench: Bench, { message, bytes }: DecodedReference): string | undefined {
  const sent = bench.sent.find((octets) => {
    const { originatorCounter, target } = decodeMessage(octets)
    return originatorCounter === message.originatorCounter && target === message.target
  })
  if (!sent) {
    const others = bench.sent.map((octets) => {
      const other = decodeMessage(octets)
      return `${alertCodeOf(other)?.toString(16)} to ${other.target} with counter ${other.originatorCounter}`
    })
    return `nothing was sent with counter ${message.originatorCounter} to ${message.target}; sent: ${others.join('; ') || 'nothing'}`
  }
  return equalBytes(sent, bytes) ? undefined : difference(context, bench, sent, bytes)
}
