import { toHex } from '@smets2-sim/bytes'
import type { AlertDetail, ConformanceResult, ConformanceRun, Difference, ExchangeDetail } from '../report/result.js'
import type { QuestionKey } from './conversation.js'

/** A wrong message: which command it was made of, and how. */
export interface WrongMessage {
  readonly scenario: string
  readonly kind: string
}

/** What a run has found so far, in the form of every conformance run. */
export class RunRecord {
  readonly #rows: { readonly question: QuestionKey; readonly detail: ExchangeDetail }[] = []
  readonly #leftOut: Difference[] = []
  readonly #wrong = new Map<QuestionKey, WrongMessage>()
  /** Messages without a row: it is to come, or there is none. */
  #strays: { readonly question: QuestionKey; readonly octets: Uint8Array }[] = []
  readonly #accepted: (WrongMessage & { readonly effect: string })[] = []

  /** An exchange, by the key of its command. */
  add(question: QuestionKey, detail: ExchangeDetail): void {
    this.#rows.push({ question, detail })
    const early = this.#strays.filter((stray) => stray.question === question)
    this.#strays = this.#strays.filter((stray) => stray.question !== question)
    for (const { octets } of early) this.late(question, octets)
  }
  leaveOut(row: Difference): void {
    this.#leftOut.push(row)
  }
  /** A wrong message is on its way, made of the command with this key. */
  mislead(question: QuestionKey, message: WrongMessage): void {
    this.#wrong.set(question, message)
  }
  /** The wrong message with this key had an effect. */
  accept(question: QuestionKey, effect: string): void {
    const message = this.#wrong.get(question) ?? { scenario: 'no command', kind: 'nothing' }
    this.#accepted.push({ ...message, effect })
  }
  /** How many wrong messages there were. */
  get tried(): number {
    return this.#wrong.size
  }

  /** A response that nobody waits for any more. */
  late(question: QuestionKey, octets: Uint8Array): void {
    if (this.#wrong.has(question)) return this.accept(question, 'a late response')
    const at = this.#rows.findIndex((row) => row.question === question)
    const detail = this.#rows[at]?.detail
    if (!detail) return void this.#strays.push({ question, octets })
    const note = detail.found === undefined ? 'a response came later' : 'another response came later'
    const different = detail.different === undefined ? note : `${detail.different}; ${note}`
    this.#rows[at] = { question, detail: { ...detail, found: detail.found ?? toHex(octets), different } }
  }

  result(messages: ConformanceResult['messages'], alerts: readonly AlertDetail[]): ConformanceRun {
    for (const { question } of this.#strays) this.accept(question, 'a message that nobody waited for')
    const exchanges = this.#rows.map(({ detail }) => detail)
    const different = exchanges.flatMap(({ scenario, useCase, different: reason }) =>
      reason === undefined ? [] : [{ scenario, useCase, reason }],
    )
    return {
      result: {
        messages,
        exchanges: {
          total: exchanges.length + this.#leftOut.length,
          identical: exchanges.length - different.length,
          unverifiable: this.#leftOut.map(({ scenario }) => scenario),
          different,
        },
        precommands: { total: 0, identical: 0, different: [] },
        alerts: countOf(alerts),
        abuse: { tried: this.tried, accepted: this.#accepted.length },
      },
      exchanges,
      alerts,
      accepted: this.#accepted,
      leftOut: this.#leftOut,
    }
  }
}

function countOf(alerts: readonly AlertDetail[]): ConformanceResult['alerts'] {
  const different = alerts.flatMap(({ scenario, different: reason }) =>
    reason === undefined ? [] : [{ scenario, useCase: 'alert', reason }],
  )
  return { total: alerts.length, identical: alerts.length - different.length, different }
}
