import type { Frame } from '../framing/index.js'
import type { FrameLink } from '../link/frame-link.js'
import { LinkError } from '../link/link-error.js'
import { deferred, type Deferred } from '../link/wait.js'

export interface ExchangeOptions {
  /**
   * Whether a message answers a request: of the same originator counter and the same two parties, say. Without it,
   * every message answers the oldest request that is open.
   */
  readonly matches?: (request: Uint8Array, message: Uint8Array) => boolean
  /** Takes the messages that answer no request: alerts, and responses that come too late. */
  readonly onUnasked?: (message: Uint8Array) => void
}

/** Requests over a link, and their responses. */
export interface ExchangeClient {
  /**
   * Sends a message, and settles with the response to it. Any number may be open at the same time.
   * @throws LinkError `timeout`, `refused`, `lost`, `closed`; GbcsError when the framing cannot carry the message
   */
  exchange(message: Uint8Array, timeoutMs: number): Promise<Uint8Array>
  /** Stops listening; what is open fails with `closed`. The link stays open. */
  stop(): void
}

interface Open {
  readonly seq: number
  readonly request: Uint8Array
  readonly response: Deferred<Uint8Array>
}

/** The asking side of a link. */
export function exchangeClient(link: FrameLink, { matches, onUnasked }: ExchangeOptions = {}): ExchangeClient {
  const open: Open[] = []
  let seq = 0

  /** The row, which is open no longer. */
  function take(row: Open | undefined): Open | undefined {
    if (row && open.includes(row)) open.splice(open.indexOf(row), 1)
    return row
  }
  function onFrame(frame: Frame): void {
    if (frame.type === 'message') {
      const answered = take(open.find(({ request }) => matches?.(request, frame.message) ?? true))
      if (answered) answered.response.resolve(frame.message)
      else onUnasked?.(frame.message)
    } else if (frame.type === 'acknowledge' && frame.status !== 'accepted') {
      // A line has no sequence number: its refusal is of the oldest.
      const refused = link.framing === 'slip' ? open.find((row) => row.seq === frame.seq) : open[0]
      take(refused)?.response.reject(
        new LinkError('refused', `the other end refused it, ${frame.status}: ${frame.text}`),
      )
    }
  }
  const failAll = (code: 'lost' | 'closed', why: string): void => {
    for (const { response } of open) response.reject(new LinkError(code, why))
  }
  const stops = [
    link.onError((error) => {
      if (error.code === 'lost') failAll('lost', error.message)
    }),
    link.onFrame(onFrame),
  ]
  void link.ended.then(() => failAll('closed', 'the link ended before the response'))

  return {
    async exchange(request, timeoutMs) {
      seq = (seq % 255) + 1
      const row: Open = { seq, request, response: deferred() }
      const late = (): void => row.response.reject(new LinkError('timeout', `no response within ${timeoutMs} ms`))
      const timer = setTimeout(late, timeoutMs)
      open.push(row)
      link.send({ type: 'message', seq, message: request }).catch(row.response.reject)
      try {
        return await row.response.promise
      } finally {
        clearTimeout(timer)
        take(row)
      }
    },
    stop() {
      for (const stop of stops) stop()
      failAll('closed', 'the client was stopped')
    },
  }
}
