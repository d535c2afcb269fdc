import { decodeFields, foundation, isClusterCommand, isFromServer, zclStatus, type ZclFrame } from '@smets2-sim/zcl'
import { after, type Cancel, type Scheduler } from '../scheduler.js'
import { attempt } from './attempt.js'
import type { Outcome, Peer, Side } from './zcl-handler.js'

interface Question {
  readonly to: Peer
  readonly cluster: number
  readonly as: Side
  readonly clusterCommand: boolean
  readonly commandId: number
  /** Undefined when only a default response can come. */
  readonly responseId: number | undefined
  /** The default response ends it even with success: the response only comes when something is wrong. */
  readonly defaultEnds?: boolean | undefined
}
interface Waiting extends Question {
  readonly done: (outcome: Outcome<ZclFrame>) => void
  cancel: Cancel
}

/** How long after its delivery a request is answered at the latest. Our decision. */
const ANSWER_MS = 15_000

/** Requests that wait for their answers, by transaction sequence number. */
export class Requests {
  readonly #waiting = new Map<number, Waiting>()
  #sequence = 0
  constructor(readonly scheduler: Scheduler) {}

  /** Never one that a request still waits with, as long as there is another. */
  nextSequence(): number {
    for (let tries = 0; tries < 256; tries++) {
      this.#sequence = (this.#sequence + 1) & 0xff
      if (!this.#waiting.has(this.#sequence)) break
    }
    return this.#sequence
  }

  open(
    question: Question,
    done: (outcome: Outcome<ZclFrame>) => void,
    sequence = this.nextSequence(),
  ): { sequence: number; delivered(): void; failed(reason: 'unknownNode' | 'unreachable'): void } {
    const waiting: Waiting = { ...question, done, cancel: () => undefined }
    const end = (outcome: Outcome<ZclFrame>): void => {
      if (this.#waiting.get(sequence) !== waiting) return
      this.#waiting.delete(sequence)
      waiting.cancel()
      done(outcome)
    }
    this.#waiting.get(sequence)?.done({ kind: 'failed', reason: 'noAnswer' })
    this.#waiting.set(sequence, waiting)
    return {
      sequence,
      delivered: () =>
        (waiting.cancel = after(this.scheduler, ANSWER_MS, () => end({ kind: 'failed', reason: 'noAnswer' }))),
      failed: (reason) => end({ kind: 'failed', reason }),
    }
  }

  /** Whether this frame is the answer to a request; the request then ends. */
  answer(from: Peer, cluster: number, frame: ZclFrame): boolean {
    const waiting = this.#waiting.get(frame.sequence)
    if (!waiting || waiting.to.eui64 !== from.eui64 || waiting.cluster !== cluster) return false
    if (isFromServer(frame) === (waiting.as === 'server')) return false
    const outcome = outcomeOf(waiting, frame)
    if (!outcome) return false
    this.#waiting.delete(frame.sequence)
    waiting.cancel()
    waiting.done(outcome)
    return true
  }
}

function outcomeOf(waiting: Waiting, frame: ZclFrame): Outcome<ZclFrame> | undefined {
  if (isClusterCommand(frame) === waiting.clusterCommand && frame.commandId === waiting.responseId)
    return { kind: 'answered', value: frame }
  if (isClusterCommand(frame) || frame.commandId !== foundation.defaultResponse.id) return undefined
  const fields = attempt(() => decodeFields(foundation.defaultResponse, frame.payload))
  if (!fields || fields.commandId !== waiting.commandId) return undefined
  // success says that it was taken; the response itself may still come
  if (fields.status === zclStatus.success && waiting.responseId !== undefined && !waiting.defaultEnds) return undefined
  return { kind: 'refused', status: fields.status }
}
