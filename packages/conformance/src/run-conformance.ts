import { GbcsError, toHex } from '@smets2-sim/bytes'
import { type CryptoProvider, native } from '@smets2-sim/crypto'
import { runAbuse } from './abuse/run-abuse.js'
import { runAlerts } from './alerts/run-alerts.js'
import { kindsOf } from './bench-device/kind.js'
import { usualTime } from './exchanges/reference-time.js'
import { type ExchangeContext, playExchange } from './exchanges/run-exchange.js'
import { checkReferenceSet, loadReferenceSet } from './messages/index.js'
import { runPrecommand } from './precommands/run-precommand.js'
import { decodeSet } from './reference-set/decoded-set.js'
import { type Scenario, scenariosOf } from './reference-set/scenarios.js'
import type { ConformanceRun, Difference, ExchangeDetail } from './report/result.js'

export interface ConformanceOptions {
  readonly crypto?: CryptoProvider
  /** Only scenarios whose name contains this. */
  readonly only?: string
  /** Told before each scenario: how many of how many are done. */
  readonly progress?: (done: number, total: number) => void
}

/** Runs every check on a folder of reference messages. */
export function runConformance(directory: string, options: ConformanceOptions = {}): ConformanceRun {
  const crypto = options.crypto ?? native
  const loaded = loadReferenceSet(directory)
  const { failures: _, ...messages } = checkReferenceSet(loaded, crypto)
  const set = decodeSet(loaded)
  const context: ExchangeContext = { set, kinds: kindsOf(set), crypto, usualTime: usualTime(set) }
  const scenarios = scenariosOf(set).filter(({ name }) => name.includes(options.only ?? ''))

  const exchanges: ExchangeDetail[] = []
  const unverifiable: string[] = []
  const precommands = new Tally()
  const alerts = new Tally()
  const accepted: { scenario: string; kind: string; effect: string }[] = []
  let tried = 0
  scenarios.forEach((scenario, done) => {
    options.progress?.(done, scenarios.length)
    const { precommand, command, response } = scenario
    if (command && response) {
      if (command.macBetween === null) unverifiable.push(scenario.name)
      else exchanges.push(exchangeOf(context, scenario))
    }
    if (precommand)
      precommands.add(
        scenario,
        guarded(() => runPrecommand(precommand)),
      )
    for (const { file, different } of alertsOf(context, scenario))
      alerts.add(scenario, different && `${file}: ${different}`)
    if (command && command.macBetween !== null) {
      const abuse = runAbuse(context, scenario)
      tried += abuse.tried
      accepted.push(...abuse.accepted)
    }
  })
  options.progress?.(scenarios.length, scenarios.length)
  const different = exchanges.flatMap(({ scenario, useCase, different: reason }) =>
    reason === undefined ? [] : [{ scenario, useCase, reason }],
  )
  const total = exchanges.length + unverifiable.length
  return {
    result: {
      messages,
      exchanges: { total, identical: exchanges.length - different.length, unverifiable, different },
      precommands: precommands.result(),
      alerts: alerts.result(),
      abuse: { tried, accepted: accepted.length },
    },
    exchanges,
    accepted,
  }
}

/** Counts what was compared. */
class Tally {
  #total = 0
  readonly #different: Difference[] = []
  add({ name: scenario, useCase }: Scenario, reason: string | undefined): void {
    this.#total++
    if (reason !== undefined) this.#different.push({ scenario, useCase, reason })
  }
  result() {
    return { total: this.#total, identical: this.#total - this.#different.length, different: this.#different }
  }
}

/** The reason that a check gives; of one that cannot be made, why not. */
function guarded(check: () => string | undefined): string | undefined {
  try {
    return check()
  } catch (error) {
    if (error instanceof GbcsError) return error.message
    throw error
  }
}

function exchangeOf(context: ExchangeContext, scenario: Scenario): ExchangeDetail {
  const { command, response, name, useCase } = scenario as Required<Scenario>
  const detail = { scenario: name, useCase, command: toHex(command.bytes), expected: toHex(response.bytes) }
  try {
    const { answer, different, faultInjected } = playExchange(context, scenario)
    return {
      ...detail,
      faultInjected,
      ...(answer && { found: toHex(answer) }),
      ...(different !== undefined && { different }),
    }
  } catch (error) {
    if (error instanceof GbcsError) return { ...detail, different: error.message, faultInjected: false }
    throw error
  }
}

function alertsOf(context: ExchangeContext, scenario: Scenario): { file: string; different?: string }[] {
  try {
    return runAlerts(context, scenario)
  } catch (error) {
    if (error instanceof GbcsError) return scenario.alerts.map(({ file }) => ({ file, different: error.message }))
    throw error
  }
}
