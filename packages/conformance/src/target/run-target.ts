import { GbcsError, toHex } from '@smets2-sim/bytes'
import { type CryptoProvider, native } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { ConformanceRun, Difference, ExchangeDetail } from '../report/result.js'
import { AlertCount } from './alert-count.js'
import type { Findings } from './allowed.js'
import { compareResponse } from './compare-response.js'
import { Conversation, type TargetPort } from './conversation.js'
import { destruction } from './destructive.js'
import { type Inspection, Inspector } from './inspect.js'
import type { TargetKeys } from './keys.js'
import { type Originated, Originator } from './originate.js'
import type { PlannedCommand } from './planned.js'
import { Received } from './received.js'
import type { Plan } from './reference-plan.js'
import { makeTwin, type Twin } from './twin.js'
import { shareOf, wrongMessage } from './wrong-messages.js'

export interface TargetOptions {
  readonly crypto?: CryptoProvider
  /** How long a response may take, in milliseconds. */
  readonly timeoutMs?: number
  /** How long a wrong message is listened for, in milliseconds. */
  readonly quietMs?: number
  /** How many wrong messages are spread over the run. */
  readonly wrong?: number
  /** How far the device's clock may be off, in seconds. */
  readonly toleranceS?: number
  /** Sends what would end the session, too, after all else. */
  readonly destructive?: boolean
  /** Only scenarios whose name contains this. */
  readonly only?: string
  /** Told before each command: how many of how many are done. */
  readonly progress?: (done: number, total: number) => void
}
export const targetDefaults = { timeoutMs: 10_000, quietMs: 300, wrong: 24, toleranceS: 10 }

/** Commands without a response in a row after which nothing more is sent. */
const PATIENCE = 3

/** Plays a plan to a device outside and to a simulated twin, and compares what both answer. */
export const runTarget = (plan: Plan, keys: TargetKeys, port: TargetPort, options: TargetOptions = {}) =>
  new TargetRun(keys, port, options).run(plan)

type Found = { readonly detail: ExchangeDetail; readonly counter: bigint }

class TargetRun {
  readonly #options: TargetOptions & typeof targetDefaults
  readonly #p: CryptoProvider
  readonly #port: TargetPort
  readonly #originator: Originator
  readonly #inspector: Inspector
  readonly #twin: Twin
  readonly #conversation: Conversation
  readonly #started: UtcSeconds
  readonly #received = new Received()
  readonly #alerts = new AlertCount()
  readonly #rows: Found[] = []
  readonly #leftOut: Difference[] = []
  readonly #accepted: { scenario: string; kind: string; effect: string }[] = []
  /** Wrong messages by the counter in them. */
  readonly #wrong = new Map<bigint, { readonly scenario: string; readonly kind: string }>()
  #tried = 0
  #ownCounter = -1n
  #unanswered = 0
  /** Why nothing more can be sent. */
  #over: string | undefined

  constructor(keys: TargetKeys, port: TargetPort, options: TargetOptions) {
    this.#options = { ...targetDefaults, ...options }
    this.#p = options.crypto ?? native
    this.#port = port
    this.#started = port.now()
    this.#originator = new Originator(keys, this.#p, this.#started)
    this.#inspector = new Inspector(keys, this.#p)
    this.#twin = makeTwin(keys, this.#p, () => port.now())
    this.#conversation = new Conversation(port, {
      alert: (octets) => this.#alerts.heard(this.#look(octets)),
      late: (counter, octets) => this.#late(counter, octets),
    })
  }

  async run(plan: Plan): Promise<ConformanceRun> {
    const commands = this.#sift(plan)
    try {
      for (const [i, planned] of commands.entries()) {
        this.#options.progress?.(i, commands.length)
        const wrong = shareOf(i, commands.length, this.#options.wrong)
        for (let n = 0; n < wrong && !this.#over; n++) await this.#mislead(planned)
        await this.#play(planned)
      }
      this.#options.progress?.(commands.length, commands.length)
      if (!this.#over) await this.#port.pause(this.#options.quietMs)
    } finally {
      this.#conversation.stop()
    }
    this.#twin.device.tick()
    for (const octets of this.#twin.sent) this.#alerts.expect(this.#inspector.inspect(octets))
    return this.#result()
  }

  /** What can be sent and does no harm, and what does harm last of all, if it is asked for. */
  #sift({ commands, leftOut }: Plan): PlannedCommand[] {
    const { only = '', destructive = false } = this.#options
    this.#leftOut.push(...leftOut.filter(({ scenario }) => scenario.includes(only)))
    const reasonFor = (planned: PlannedCommand): string | undefined =>
      this.#originator.obstacle(planned) ?? (destructive ? undefined : destruction(planned.useCase.name))
    const sent = commands.filter((planned) => {
      if (!planned.scenario.includes(only)) return false
      const reason = reasonFor(planned)
      if (reason !== undefined) this.#leftOut.push({ scenario: planned.scenario, useCase: planned.name, reason })
      return reason === undefined
    })
    const last = (planned: PlannedCommand): boolean => destruction(planned.useCase.name) !== undefined
    return [...sent.filter((one) => !last(one)), ...sent.filter(last)]
  }

  async #play(planned: PlannedCommand): Promise<void> {
    const { scenario, name: useCase } = planned
    let command: Originated
    try {
      command = this.#originator.originate(planned)
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
      return void this.#leftOut.push({ scenario, useCase, reason: error.message })
    }
    const detail = { scenario, useCase, command: toHex(command.bytes), expected: '', faultInjected: false }
    const add = (more: Partial<ExchangeDetail>): unknown =>
      this.#rows.push({ counter: command.originatorCounter, detail: { ...detail, ...more } })
    if (this.#over) return void add({ different: `not sent: ${this.#over}` })

    const answer = await this.#conversation.ask(command.bytes, command.originatorCounter, this.#options.timeoutMs)
    const inspection = answer.kind === 'message' ? this.#look(answer.octets) : undefined
    const expected = this.#expected(command.bytes, inspection)
    const expectation = { expected: expected ? toHex(expected) : '' }
    if (answer.kind === 'message' && inspection) {
      this.#unanswered = 0
      const { faults, allowed } = this.#compare(inspection, expected)
      add({
        ...expectation,
        found: toHex(answer.octets),
        ...(faults.length > 0 && { different: faults.join('; ') }),
        allowed: [...allowed],
      })
    } else if (answer.kind !== 'message') {
      this.#note(answer.kind, answer.why, expected !== undefined)
      add({ ...expectation, ...((expected || answer.kind === 'lost') && { different: answer.why }) })
    }
  }

  /** What the twin answers, in the state that the response of the device shows: its own counter is its own. */
  #expected(command: Uint8Array, found: Inspection | undefined): Uint8Array | undefined {
    const own = found?.message?.otherInformation.supplementaryOriginatorCounter
    if (own !== undefined && own > 0n) this.#twin.device.counters.own = own - 1n
    const outcome = this.#twin.device.receive(command)
    return outcome.kind === 'responded' ? outcome.response : undefined
  }
  #compare(found: Inspection, expected: Uint8Array | undefined): Findings {
    if (!expected) return { faults: ['a response to a command that is to be discarded'], allowed: new Set() }
    const run = { from: this.#started, to: this.#port.now(), toleranceS: this.#options.toleranceS }
    const findings = compareResponse(this.#p, found, this.#inspector.inspect(expected), this.#ownCounter, run)
    const own = found.message?.otherInformation.supplementaryOriginatorCounter
    if (own !== undefined && own > this.#ownCounter) this.#ownCounter = own
    return findings
  }
  #look(octets: Uint8Array): Inspection {
    const inspection = this.#inspector.inspect(octets)
    this.#received.add(inspection)
    return inspection
  }

  /** Whether to go on after a command without a response. */
  #note(kind: 'silence' | 'lost', why: string, expected: boolean): void {
    if (kind === 'lost') this.#over = `the link was lost: ${why}`
    else if (expected && ++this.#unanswered === PATIENCE) this.#over = `${PATIENCE} commands in a row had no response`
  }
  #late(counter: bigint, octets: Uint8Array): void {
    this.#look(octets)
    const wrong = this.#wrong.get(counter)
    if (wrong) return void this.#accepted.push({ ...wrong, effect: 'a late response' })
    const at = this.#rows.findIndex((row) => row.counter === counter)
    const row = this.#rows[at]
    if (!row) return void this.#accepted.push({ scenario: 'no command', kind: 'nothing', effect: 'a message unasked' })
    const { found, different } = row.detail
    const note = found === undefined ? 'a response came later' : 'another response came later'
    const late = { found: found ?? toHex(octets), different: different === undefined ? note : `${different}; ${note}` }
    this.#rows[at] = { counter, detail: { ...row.detail, ...late } }
  }

  /** Sends a wrong message made of a command: nothing must come back. */
  async #mislead(planned: PlannedCommand): Promise<void> {
    const { bytes, originatorCounter } = this.#originator.originate(planned)
    const { kind, bytes: wrong } = wrongMessage(this.#p, this.#originator.macSecret, bytes, this.#tried++)
    const about = { scenario: planned.scenario, kind }
    this.#wrong.set(originatorCounter, about)
    const answer = await this.#conversation.ask(wrong, originatorCounter, this.#options.quietMs)
    this.#twin.device.receive(wrong)
    if (answer.kind === 'silence') return
    if (answer.kind === 'message') this.#look(answer.octets)
    else this.#note('lost', answer.why, true)
    const effect = answer.kind === 'message' ? `a response: ${toHex(answer.octets)}` : `the link was lost: ${answer.why}`
    this.#accepted.push({ ...about, effect })
  }

  #result(): ConformanceRun {
    const exchanges = this.#rows.map(({ detail }) => detail)
    const different = exchanges.flatMap(({ scenario, useCase, different: reason }) =>
      reason === undefined ? [] : [{ scenario, useCase, reason }],
    )
    const total = exchanges.length + this.#leftOut.length
    return {
      result: {
        messages: this.#received.result(),
        exchanges: {
          total,
          identical: exchanges.length - different.length,
          unverifiable: this.#leftOut.map(({ scenario }) => scenario),
          different,
        },
        precommands: { total: 0, identical: 0, different: [] },
        alerts: this.#alerts.result(),
        abuse: { tried: this.#tried, accepted: this.#accepted.length },
      },
      exchanges,
      accepted: this.#accepted,
      leftOut: this.#leftOut,
    }
  }
}
