import type { Duplex } from 'node:stream'
import { type Connection, frameLink, type FrameLink, type Reopening } from './frame-link.js'
import { LinkError, reasonOf } from './link-error.js'
import { describeTarget, type SerialTarget } from './target.js'
import { reopeningTimes } from './tcp.js'

/** As much of a `serialport` port as a link uses. */
export interface Port extends Duplex {
  readonly isOpen: boolean
  open(done: (error: Error | null) => void): void
  drain(done: (error: Error | null) => void): void
  close(done: (error: Error | null) => void): void
}
export interface PortSettings {
  readonly path: string
  readonly baudRate: number
  readonly autoOpen: false
}

/** How long a port may take to let out what was sent, once it is to be closed. */
const GRACE_MS = 1000

/** A real port; the library is loaded when the first one is wanted. */
async function realPort(settings: PortSettings): Promise<Port> {
  const { SerialPort } = await import('serialport')
  return new SerialPort(settings)
}

const connectionOf = (port: Port): Connection => {
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (!port.isOpen) return resolve()
      const closed = (): void => resolve()
      const timer = setTimeout(() => port.close(closed), GRACE_MS)
      port.drain(() => {
        clearTimeout(timer)
        if (port.isOpen) port.close(closed)
        else resolve()
      })
    })
  let shutting: Promise<void> | undefined
  return { stream: port, shut: () => (shutting ??= close()) }
}

/**
 * A link over a serial port, 8 data bits, no parity, 1 stop bit. It comes back when the port does: a board that is
 * plugged in again goes on.
 * @throws LinkError `notOpened`
 */
export async function serialLink(
  target: SerialTarget,
  {
    reconnect = true,
    times = reopeningTimes,
    makePort = realPort,
  }: {
    reconnect?: boolean
    times?: Pick<Reopening, 'firstMs' | 'maxMs'>
    /** For tests: a port that is none. */
    makePort?: (settings: PortSettings) => Port | Promise<Port>
  } = {},
): Promise<FrameLink> {
  const open = async (): Promise<Connection> => {
    const port = await makePort({ path: target.path, baudRate: target.baudRate, autoOpen: false })
    return new Promise((resolve, reject) => {
      port.open((cause) => {
        if (!cause) return resolve(connectionOf(port))
        reject(new LinkError('notOpened', `${describeTarget(target)} does not open: ${reasonOf(cause)}`, { cause }))
      })
    })
  }
  return frameLink(await open(), target.framing, reconnect ? { open, ...times } : undefined)
}
