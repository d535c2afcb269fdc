import { useCaseByCode } from '@smets2-sim/gbcs'
import type { Device } from '@smets2-sim/firmware'
import { benchFor, type ExchangeContext, playExchange } from '../exchanges/run-exchange.js'
import { type DecodedReference, macSecret } from '../reference-set/decoded-set.js'
import type { Scenario } from '../reference-set/scenarios.js'
import { type Damaged, damaged, forged } from './damage.js'

export interface AbuseResult {
  readonly tried: number
  /** What had an effect or a response though it must not. */
  readonly accepted: readonly { readonly scenario: string; readonly kind: string; readonly effect: string }[]
}

/** What a message that is refused may change: the count of such messages, and the counter and count of the alerts about them. */
const TRACES = new Set(['gate.discards', 'counter.own', 'alerts.sent'])

/** Tries every kind of wrong message made of the command of a scenario on a device that would execute the command itself. */
export function runAbuse(context: ExchangeContext, scenario: Scenario): AbuseResult {
  const { command } = scenario
  if (!command) return { tried: 0, accepted: [] }
  let { device } = benchFor(context, scenario, false)
  let tried = 0
  const accepted: { scenario: string; kind: string; effect: string }[] = []
  for (const { kind, bytes } of attempts(context, command)) {
    tried++
    const effect = effectOf(device, bytes)
    if (effect === undefined) continue
    accepted.push({ scenario: scenario.name, kind, effect })
    device = benchFor(context, scenario, false).device
  }
  const replayed = replay(context, scenario)
  if (replayed !== undefined) {
    tried++
    if (replayed) accepted.push({ scenario: scenario.name, kind: 'the same command again', effect: replayed })
  }
  return { tried, accepted }
}

function* attempts({ set, crypto }: ExchangeContext, command: DecodedReference): Generator<Damaged> {
  const { bytes, message } = command
  yield* damaged(bytes, message)
  const secret = macSecret(set, command)
  if (secret) yield* forged(crypto, secret, message)
}

/** What a message did to a device; undefined when nothing but traces of its refusal. */
function effectOf(device: Device, bytes: Uint8Array): string | undefined {
  // what is due by itself is no effect of the message
  device.tick()
  const before = new Map(device.items.entries())
  const outcome = device.receive(bytes)
  if (outcome.kind === 'responded') return `a response to ${outcome.useCase}`
  const after = new Map(device.items.entries())
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !TRACES.has(name) && before.get(name) !== after.get(name),
  )
  return changed.length > 0 ? `changed ${changed.join(', ')}` : undefined
}

/** The same command a second time, where the use case is protected against that; empty when it was refused. */
function replay(context: ExchangeContext, scenario: Scenario): string | undefined {
  const { command } = scenario as Scenario & { command: DecodedReference }
  if (!useCaseByCode(command.message.otherInformation.messageCode)?.replayProtected) return undefined
  if (!scenario.response) return undefined
  const { bench, answer } = playExchange(context, scenario)
  if (!answer) return undefined
  return effectOf(bench.device, command.bytes) ?? ''
}
