import type { Connection } from '../link/frame-link.js'
import { reasonOf } from '../link/link-error.js'
import { openSerial } from '../link/serial.js'
import { tcpStreams } from '../link/tcp.js'
import { describeTarget, type Target } from '../link/target.js'
import { write } from '../link/wait.js'
import { DeconzStick } from './stick.js'
import type { NcpNetworkView } from './view.js'

/** A stick that programs find. */
export interface NcpServer {
  /** Where it is: for a socket, with the port that the system chose, if it was to. */
  readonly target: Target
  close(): Promise<void>
}

/** Answers that may wait for a program before it is read further: one that asks and does not read costs no memory. Our decision. */
const MAX_WAITING = 256

/**
 * A radio stick of the kind "deconz" at a socket or a serial port, with the network of the view behind it. One program
 * at a time, as with a real one.
 * @throws LinkError `notOpened`
 */
export async function serveNcp(
  target: Target,
  view: NcpNetworkView,
  { onProblem }: { readonly onProblem?: (text: string) => void } = {},
): Promise<NcpServer> {
  const problem = (text: string): void => onProblem?.(text)
  let program: Connection | undefined
  let sent: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const stick = new DeconzStick(view, {
    send(octets) {
      const stream = program?.stream
      if (!stream) return
      waiting++
      sent = sent
        .then(() => write(stream, octets))
        .catch((error: unknown) => problem(reasonOf(error)))
        .finally(() => waiting--)
    },
    problem,
  })
  const stop = view.onEvent?.((event) => stick.event(event))

  async function talk(connection: Connection): Promise<void> {
    if (program) {
      problem('a second program came: it is sent away')
      return connection.shut()
    }
    program = connection
    stick.restart()
    connection.stream.on('error', () => undefined)
    try {
      for await (const chunk of connection.stream) {
        stick.receive(chunk as Uint8Array)
        if (waiting > MAX_WAITING) await sent
      }
    } catch (error) {
      problem(`the program is gone: ${reasonOf(error)}`)
    }
    program = undefined
    await connection.shut()
  }

  if (target.kind === 'serial') {
    const connection = await openSerial(target)
    const talked = talk(connection)
    return {
      target,
      async close() {
        stop?.()
        await connection.shut()
        await talked
      },
    }
  }
  const streams = await tcpStreams(target, (connection) => void talk(connection))
  return {
    target: streams.target,
    async close() {
      stop?.()
      await streams.close()
    },
  }
}

/** The path that a Zigbee program is given for a stick. */
export const ncpPath = (target: Target): string => (target.kind === 'serial' ? target.path : describeTarget(target))
