import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type DecodedMessage, decodeMessage } from '@smets2-sim/gbcs'
import { type ExchangeClient, type ExchangeOptions, LinkError } from '@smets2-sim/serial'

/** The world that a run needs: a link to the device, a clock, and time that passes. */
export interface TargetPort {
  connect(options: Required<ExchangeOptions>): ExchangeClient
  now(): UtcSeconds
  pause(milliseconds: number): Promise<void>
}

/** What came of a question: a message, silence, or the end of the link. */
export type Answer =
  | { readonly kind: 'message'; readonly octets: Uint8Array }
  | { readonly kind: 'silence'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string }

/** A question by its originator and counter: its answer has them too. Parties may use the same counters. */
export type QuestionKey = string
export const questionKey = (originator: Eui64, counter: bigint): QuestionKey => `${originator} ${counter}`

/** Hears what comes without a question that waits for it. */
export interface Ear {
  alert(octets: Uint8Array): void
  /** A response to a question that waits no longer. */
  late(question: QuestionKey, octets: Uint8Array): void
}

function tryDecode(octets: Uint8Array): DecodedMessage | undefined {
  try {
    return decodeMessage(octets)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

const answeredBy = ({ target, originatorCounter }: DecodedMessage): QuestionKey =>
  questionKey(target, originatorCounter)

/** One question after the other over a link, each with its own answer. */
export class Conversation {
  readonly #client: ExchangeClient
  readonly #over = new Set<QuestionKey>()
  #open = false

  constructor(port: TargetPort, ear: Ear) {
    this.#client = port.connect({
      // octets that are no message answer the open question too: that they are wrong is the finding
      matches: (_, octets) => this.#open && this.#isAnswer(tryDecode(octets)),
      onUnasked: (octets) => {
        const message = tryDecode(octets)
        if (message?.kind === 'alert') ear.alert(octets)
        else ear.late(message ? answeredBy(message) : '', octets)
      },
    })
  }

  /** Sends a message and waits for what comes. */
  async ask(octets: Uint8Array, question: QuestionKey, timeoutMs: number): Promise<Answer> {
    this.#open = true
    try {
      return { kind: 'message', octets: await this.#client.exchange(octets, timeoutMs) }
    } catch (error) {
      if (error instanceof GbcsError) return { kind: 'silence', why: `not sent: ${error.message}` }
      if (!(error instanceof LinkError)) throw error
      return { kind: error.code === 'lost' || error.code === 'closed' ? 'lost' : 'silence', why: error.message }
    } finally {
      this.#over.add(question)
      this.#open = false
    }
  }
  stop(): void {
    this.#client.stop()
  }

  #isAnswer(message: DecodedMessage | undefined): boolean {
    return message?.kind !== 'alert' && !(message && this.#over.has(answeredBy(message)))
  }
}
