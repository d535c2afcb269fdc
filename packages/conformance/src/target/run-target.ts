import { GbcsError, toHex } from '@smets2-sim/bytes'
import { type CryptoProvider, native } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { ConformanceRun, ExchangeDetail } from '../report/result.js'
import { adopt, asksForChance } from './adopt.js'
import { AlertComparison } from './alert-comparison.js'
import type { Findings } from './allowed.js'
import { compareResponse } from './compare-response.js'
import { type Answer, Conversation, type TargetPort } from './conversation.js'
import { type Inspection, Inspector } from './inspect.js'
import type { TargetKeys } from './keys.js'
import { type Originated, Originator } from './originate.js'
import { type OwnFields, ownFieldTexts } from './own-fields.js'
import type { Plan, PlannedCommand } from './planned.js'
import { Received } from './received.js'
import { RunRecord } from './run-record.js'
import { type Choice, sift } from './sift.js'
import type { RunTime } from './times.js'
import { makeTwin, type Twin } from './twin.js'
import { shareOf, wrongMessage } from './wrong-messages.js'

export interface TargetOptions extends Choice {
  readonly crypto?: CryptoProvider
  /** How long a response may take, in milliseconds. */
  readonly timeoutMs?: number
  /** How long a wrong message is listened for, in milliseconds. */
  readonly quietMs?: number
  /** How many wrong messages are spread over the run. */
  readonly wrong?: number
  /** How far the device's clock may be off, in seconds. */
  readonly toleranceS?: number
  /** The twin takes over the state that the device shows, so that values are its own affair and their form is compared. */
  readonly adopt?: boolean
  /** Told before each command: how many of how many are done. */
  readonly progress?: (done: number, total: number) => void
}
export const targetDefaults = { timeoutMs: 10_000, quietMs: 300, wrong: 24, toleranceS: 10 }

/** Commands without a response in a row after which nothing more is sent. */
const PATIENCE = 3

/**
 * Plays a plan to a device outside and to a simulated twin, and compares what both answer. It ends when the plan does,
 * the link is lost, or the device is silent.
 */
export const runTarget = (
  plan: Plan,
  keys: TargetKeys,
  port: TargetPort,
  options: TargetOptions = {},
): Promise<ConformanceRun> => new TargetRun(keys, port, options).run(plan)

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
  readonly #alerts: AlertComparison
  readonly #record = new RunRecord()
  /** The last one that the device has encrypted under. */
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
    this.#alerts = new AlertComparison(keys)
    this.#twin = makeTwin(keys, this.#p, () => port.now())
    this.#conversation = new Conversation(port, {
      alert: (octets) => this.#alerts.heard(octets, this.#look(octets)),
      late: (question, octets) => {
        this.#look(octets)
        this.#record.late(question, octets)
      },
    })
  }

  async run(plan: Plan): Promise<ConformanceRun> {
    const { commands, leftOut } = sift(plan, this.#originator, this.#options)
    for (const row of leftOut) this.#record.leaveOut(row)
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
    for (const octets of this.#twin.sent) this.#alerts.expect(octets, this.#inspector.inspect(octets))
    return this.#record.result(this.#received.result(), this.#alerts.details(this.#time()))
  }
  /** The time of this run. */
  #time(): RunTime {
    return { from: this.#started, to: this.#port.now(), toleranceS: this.#options.toleranceS }
  }

  async #play(planned: PlannedCommand): Promise<void> {
    const { scenario, name: useCase } = planned
    const command = this.#build(planned)
    if ('reason' in command) return this.#record.leaveOut({ scenario, useCase, reason: command.reason })
    const own = planned.own && { own: ownFieldTexts(planned.own) }
    const detail = { scenario, useCase, command: toHex(command.bytes), expected: '', faultInjected: false, ...own }
    const outcome = this.#over ? { different: `not sent: ${this.#over}` } : await this.#exchange(command, planned.own)
    this.#record.add(command.question, { ...detail, ...outcome })
  }

  async #exchange({ bytes, question }: Originated, own: OwnFields = {}): Promise<Partial<ExchangeDetail>> {
    const answer = await this.#conversation.ask(bytes, question, this.#options.timeoutMs)
    if (answer.kind !== 'message') {
      const response = this.#expected(bytes)
      this.#note(answer, response !== undefined)
      const quiet = answer.kind === 'silence' && !response
      return { expected: response ? toHex(response) : '', ...(!quiet && { different: answer.why }) }
    }
    this.#unanswered = 0
    const found = this.#look(answer.octets)
    const response = this.#expected(bytes, found)
    const { faults, allowed } = this.#compare(found, response, own)
    return {
      expected: response ? toHex(response) : '',
      found: toHex(answer.octets),
      ...(faults.length > 0 && { different: faults.join('; ') }),
      allowed: [...allowed],
    }
  }

  /** The next command of a plan, or why it cannot be built. */
  #build(planned: PlannedCommand): Originated | { readonly reason: string } {
    try {
      return this.#originator.originate(planned)
    } catch (error) {
      if (error instanceof GbcsError) return { reason: error.message }
      throw error
    }
  }

  /** What the twin answers, in the state that the response of the device shows: its own counter is its own. */
  #expected(command: Uint8Array, found?: Inspection): Uint8Array | undefined {
    const own = found?.message?.otherInformation.supplementaryOriginatorCounter
    if (own !== undefined && own > 0n) this.#twin.device.counters.own = own - 1n
    if (found && (this.#options.adopt || asksForChance(command))) adopt(this.#twin, command, found)
    const outcome = this.#twin.device.receive(command)
    return outcome.kind === 'responded' ? outcome.response : undefined
  }
  #compare(found: Inspection, expected: Uint8Array | undefined, ownFields: OwnFields): Findings {
    if (!expected) return { faults: ['a response to a command that is to be discarded'], allowed: new Set() }
    const findings = compareResponse(
      this.#p,
      found,
      this.#inspector.inspect(expected),
      this.#ownCounter,
      this.#time(),
      ownFields,
    )
    const own = found.message?.otherInformation.supplementaryOriginatorCounter
    if (own !== undefined && own > this.#ownCounter) this.#ownCounter = own
    return findings
  }
  #look(octets: Uint8Array): Inspection {
    const inspection = this.#inspector.inspect(octets)
    this.#received.add(inspection)
    return inspection
  }

  /** Whether to go on after no answer. */
  #note(answer: Exclude<Answer, { kind: 'message' }>, expected: boolean): void {
    if (answer.kind === 'lost') this.#over = `the link was lost: ${answer.why}`
    else if (expected && ++this.#unanswered === PATIENCE) this.#over = `${PATIENCE} commands in a row had no response`
  }

  /** Sends a wrong message made of a command: nothing must come back. */
  async #mislead(planned: PlannedCommand): Promise<void> {
    const command = this.#build(planned)
    if ('reason' in command) return
    const { bytes, question } = command
    const { kind, bytes: wrong } = wrongMessage(this.#p, this.#originator.macSecret, bytes, this.#record.tried)
    this.#record.mislead(question, { scenario: planned.scenario, kind })
    const answer = await this.#conversation.ask(wrong, question, this.#options.quietMs)
    this.#twin.device.receive(wrong)
    if (answer.kind === 'message') {
      this.#look(answer.octets)
      this.#record.accept(question, `a response: ${toHex(answer.octets)}`)
    } else if (answer.kind === 'lost') {
      this.#note(answer, false)
      this.#record.accept(question, `the link was lost: ${answer.why}`)
    }
  }
}
