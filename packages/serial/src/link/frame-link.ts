import type { Duplex } from 'node:stream'
import {
  autoDecoder,
  type Decoded,
  describeFault,
  type Frame,
  type FrameDecoder,
  type Framing,
  gfi,
  slip,
} from '../framing/index.js'
import { LinkError, reasonOf } from './link-error.js'
import type { FramingChoice } from './target.js'
import { deferred, pause, write } from './wait.js'

/** A way to another end, and back. */
export interface FrameLink {
  /** What the link speaks; in `auto`, undefined until the other end has shown it. */
  readonly framing: Framing['name'] | undefined
  /**
   * Settles when the octets have left this process, so that who awaits it is slowed down to the speed of the link.
   * Frames leave in the order of the calls. While the link reconnects, it waits.
   * @throws LinkError `closed` or `lost`; GbcsError when the framing cannot carry the frame
   */
  send(frame: Frame): Promise<void>
  /**
   * Nothing is read before somebody listens; reading goes on when what the listeners returned has settled.
   * Gives the way to stop.
   */
  onFrame(listener: (frame: Frame) => unknown): () => void
  /** Faults of the stream and breaks of the connection. Listen before `onFrame`, to miss none. */
  onError(listener: (error: LinkError) => unknown): () => void
  /** Settles when the link has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** Ends the link: what was sent is let out, nothing more is heard, no handle stays open. */
  close(): Promise<void>
}

/** An open stream, and the way to end it so that nothing stays open. */
export interface Connection {
  readonly stream: Duplex
  shut(): Promise<void>
}

/** How to get a connection back. */
export interface Reopening {
  /** Gives up when the signal says so. */
  open(signal: AbortSignal): Promise<Connection>
  /** Wait before the first try; each further wait is twice as long, up to `maxMs`. */
  readonly firstMs: number
  readonly maxMs: number
}

type Talk = Connection & { readonly decoder: FrameDecoder; readonly framing: () => Framing | undefined }

function talk(connection: Connection, choice: FramingChoice): Talk {
  if (choice === 'auto') {
    const decoder = autoDecoder()
    return { ...connection, decoder, framing: () => decoder.framing }
  }
  const framing = choice === 'gfi' ? gfi : slip
  return { ...connection, decoder: framing.decoder(), framing: () => framing }
}

class StreamLink implements FrameLink {
  readonly #choice: FramingChoice
  readonly #reopening: Reopening | undefined
  readonly #frameListeners = new Set<(frame: Frame) => unknown>()
  readonly #errorListeners = new Set<(error: LinkError) => unknown>()
  readonly #closing = new AbortController()
  readonly #listening = deferred()
  readonly #ended = deferred()
  #restored = deferred()
  #talk: Talk | undefined
  #sent: Promise<unknown> = Promise.resolve()

  constructor(first: Connection, choice: FramingChoice, reopening: Reopening | undefined) {
    this.#choice = choice
    this.#reopening = reopening
    this.#talk = talk(first, choice)
    void this.#run(this.#talk)
  }

  get framing(): Framing['name'] | undefined {
    return this.#talk?.framing()?.name
  }
  get ended(): Promise<void> {
    return this.#ended.promise
  }
  send(frame: Frame): Promise<void> {
    const sent = this.#sent.then(() => this.#send(frame))
    this.#sent = sent.catch(() => undefined)
    return sent
  }
  onFrame(listener: (frame: Frame) => unknown): () => void {
    this.#frameListeners.add(listener)
    this.#listening.resolve()
    return () => void this.#frameListeners.delete(listener)
  }
  onError(listener: (error: LinkError) => unknown): () => void {
    this.#errorListeners.add(listener)
    return () => void this.#errorListeners.delete(listener)
  }
  async close(): Promise<void> {
    const open = this.#talk
    this.#closing.abort()
    await open?.shut()
    this.#end()
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted
  }
  async #tell(error: LinkError): Promise<void> {
    for (const listener of [...this.#errorListeners]) await listener(error)
  }
  #end(): void {
    this.#talk = undefined
    this.#closing.abort()
    this.#restored.resolve()
    this.#ended.resolve()
  }
  async #send(frame: Frame): Promise<void> {
    while (!this.#talk && !this.#closed) await this.#restored.promise
    if (!this.#talk || this.#closed) throw new LinkError('closed', 'the link is closed')
    const octets = (this.#talk.framing() ?? gfi).encode(frame)
    if (octets.length > 0) await write(this.#talk.stream, octets)
  }
  async #run(first: Talk): Promise<void> {
    first.stream.on('error', () => undefined) // Whoever writes or reads is told; this keeps the process alive.
    await this.#listening.promise
    for (let open: Talk | undefined = first; open; open = await this.#reopen()) {
      this.#talk = open
      this.#restored.resolve()
      const why = await this.#read(open)
      this.#talk = undefined
      this.#restored = deferred()
      if (!this.#closed) await this.#tell(why)
    }
    this.#end()
  }
  /** Reads to the end of the connection; gives the reason of it. */
  async #read({ stream, decoder, shut }: Talk): Promise<LinkError> {
    let cause: unknown
    stream.on('error', (error) => (cause ??= error))
    try {
      for await (const chunk of stream) await this.#deliver(decoder.push(chunk as Uint8Array))
    } catch (error) {
      cause ??= error
    }
    await this.#deliver(decoder.end())
    await shut()
    const why = cause ? `the connection broke: ${reasonOf(cause)}` : 'the other end went away'
    return new LinkError('lost', why, { cause })
  }
  async #deliver(found: readonly Decoded[]): Promise<void> {
    for (const item of found) {
      if (this.#closed) return
      if ('fault' in item) await this.#tell(new LinkError('badFrame', describeFault(item.fault), { fault: item.fault }))
      else
        for (const listener of [...this.#frameListeners])
          try {
            await listener(item.frame)
          } catch (cause) {
            await this.#tell(new LinkError('failed', `a listener broke down: ${reasonOf(cause)}`, { cause }))
          }
    }
  }
  async #reopen(): Promise<Talk | undefined> {
    if (!this.#reopening) return undefined
    const { open, firstMs, maxMs } = this.#reopening
    for (let wait = firstMs; !this.#closed; wait = Math.min(2 * wait, maxMs)) {
      await pause(wait, this.#closing.signal)
      const connection = this.#closed ? undefined : await open(this.#closing.signal).catch(() => undefined)
      if (connection && !this.#closed) return talk(connection, this.#choice)
      await connection?.shut()
    }
    return undefined
  }
}

/** A link over a connection, which comes back if it is told how. */
export const frameLink = (first: Connection, choice: FramingChoice, reopening?: Reopening): FrameLink =>
  new StreamLink(first, choice, reopening)
