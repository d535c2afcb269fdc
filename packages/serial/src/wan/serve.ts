import { describeFault, type Frame, type FrameStatus, type Hello, MAX_FRAME, slipTypes } from '../framing/index.js'
import type { FrameLink } from '../link/frame-link.js'
import { LinkError, reasonOf } from '../link/link-error.js'

/** Hands a message to the other end, whenever there is one; gives the way to stop. */
export type Feed<T> = (send: (item: T) => void) => () => void

export interface WanOptions {
  /** Messages that nobody asked for: alerts, and responses that come later. */
  readonly alerts?: Feed<Uint8Array>
  /** Reports, log lines and other frames, for an end that speaks `slip`. */
  readonly frames?: Feed<Frame>
  /** What this end says of itself when it is asked. */
  readonly hello?: Partial<Pick<Hello, 'name' | 'devices'>>
  /** Hears what went wrong; nothing else comes of it. */
  readonly onProblem?: (error: LinkError) => void
}

/** Requests of one link that may be under way at the same time; further ones are read when one is done. */
const MAX_UNDER_WAY = 64

/**
 * Messages that nobody asked for and that wait to leave by one link. An end that does not read gets no more of them,
 * so that it costs no memory, however long it stays. Our decision.
 */
export const MAX_WAITING = 1000

/** Frames that this side deals with. */
const answerable = ['message', 'hello', 'acknowledge'] as const satisfies readonly Frame['type'][]

/**
 * The answering side of a link, where a home meets its wide area network. Each message goes to the handler, and what
 * the handler gives goes back in the framing that it came in; undefined means that the home says nothing. What is no
 * message is refused, and nothing else happens.
 * In `slip`, every frame that is taken is acknowledged at once; the response follows with the same sequence number.
 * Gives the way to stop, which leaves the link open.
 */
export function serveWan(
  link: FrameLink,
  handler: (message: Uint8Array) => Promise<Uint8Array | undefined>,
  { alerts, frames, hello, onProblem }: WanOptions = {},
): () => void {
  let seq = 0
  let underWay = 0
  let room: (() => void) | undefined
  let waiting = 0
  let isFull = false

  const problem = (error: LinkError): void => onProblem?.(error)
  const send = (frame: Frame): Promise<void> =>
    link
      .send(frame)
      .catch((cause: unknown) =>
        problem(
          cause instanceof LinkError ? cause : new LinkError('failed', `not sent: ${reasonOf(cause)}`, { cause }),
        ),
      )
  const acknowledge = (to: number, status: FrameStatus, text = ''): Promise<void> =>
    send({ type: 'acknowledge', seq: to, status, text })

  async function answer(message: Uint8Array, to: number): Promise<void> {
    try {
      const response = await handler(message)
      if (response) await send({ type: 'message', seq: to, message: response })
    } catch (cause) {
      problem(new LinkError('failed', `the handler broke down: ${reasonOf(cause)}`, { cause }))
      await acknowledge(to, 'failed', 'the home broke down over it')
    }
  }
  /** Starts an answer; settles when there is room for the next one. */
  function take(message: Uint8Array, to: number): Promise<void> | undefined {
    underWay++
    void answer(message, to).finally(() => {
      underWay--
      room?.()
    })
    return underWay < MAX_UNDER_WAY ? undefined : new Promise((resolve) => (room = resolve))
  }
  async function onFrame(frame: Frame): Promise<void> {
    if (frame.type === 'acknowledge') {
      if (frame.status !== 'accepted')
        problem(new LinkError('refused', `frame ${frame.seq} was refused, ${frame.status}: ${frame.text}`))
    } else if (frame.type === 'message') {
      await acknowledge(frame.seq, 'accepted')
      await take(frame.message, frame.seq)
    } else if (frame.type === 'hello')
      await send({
        type: 'hello',
        seq: frame.seq,
        hello: {
          version: 1,
          name: hello?.name ?? 'smets2-sim',
          maxFrame: MAX_FRAME,
          types: answerable.map((type) => slipTypes[type].id),
          devices: hello?.devices ?? new Map(),
        },
      })
    else await acknowledge(frame.seq, 'notSupported', `frames of type ${frame.type} lead nowhere here`)
  }

  /** Sends what nobody asked for, unless the other end has stopped to read. */
  function offer(frame: Frame): void {
    if (waiting >= MAX_WAITING) {
      if (!isFull) problem(new LinkError('failed', `the other end does not read: ${MAX_WAITING} messages wait for it`))
      isFull = true
      return
    }
    waiting++
    void send(frame).finally(() => {
      waiting--
      isFull &&= waiting > 0
    })
  }

  const nextSeq = (): number => (seq = (seq % 255) + 1)
  const stops = [
    link.onError((error) => {
      problem(error)
      return error.fault && acknowledge(error.fault.seq ?? 0, error.fault.code, describeFault(error.fault))
    }),
    link.onFrame(onFrame),
    alerts?.((message) => offer({ type: 'message', seq: nextSeq(), message })),
    frames?.((frame) => void (link.framing === 'slip' && offer({ ...frame, seq: nextSeq() }))),
  ]
  return () => {
    for (const stop of stops) stop?.()
    room?.()
  }
}
