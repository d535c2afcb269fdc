import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Connection, frameLink, type FrameLink, type Reopening } from './frame-link.js'
import { LinkError, reasonOf } from './link-error.js'
import { describeTarget, type TcpTarget } from './target.js'

/** How long a socket may take to let out what was sent, once it is to end. */
const GRACE_MS = 500
/**
 * Ends of a server at the same time. With one more, the oldest of those that have said nothing has to go, or else the
 * oldest of all: nobody can keep others out by being there (our decision).
 */
export const MAX_CONNECTIONS = 64

/** Waits between tries to get a connection back. */
export const reopeningTimes = { firstMs: 100, maxMs: 5000 } as const

function connectionOf(socket: Socket): Connection {
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 15_000)
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (socket.closed) return resolve()
      const timer = setTimeout(() => socket.destroy(), GRACE_MS)
      socket.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      socket.resume()
      socket.end()
    })
  let shutting: Promise<void> | undefined
  return { stream: socket, shut: () => (shutting ??= close()) }
}

function dial(target: TcpTarget, signal?: AbortSignal): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.host, port: target.port })
    const why = (): string => (nameOf(signal?.reason) === 'TimeoutError' ? 'no answer in time' : 'the link was closed')
    const giveUp = (): unknown => socket.destroy(new Error(why()))
    const refused = (cause: Error): void => {
      signal?.removeEventListener('abort', giveUp)
      reject(new LinkError('notOpened', `${describeTarget(target)} did not answer: ${reasonOf(cause)}`, { cause }))
    }
    signal?.addEventListener('abort', giveUp)
    socket.once('error', refused)
    if (signal?.aborted) giveUp()
    socket.once('connect', () => {
      signal?.removeEventListener('abort', giveUp)
      socket.off('error', refused)
      resolve(connectionOf(socket))
    })
  })
}

const nameOf = (reason: unknown): string | undefined => (reason instanceof Error ? reason.name : undefined)

/**
 * A link to a listening end. `reconnect` brings it back after a break; `signal` ends the wait for the first connection.
 * @throws LinkError `notOpened`
 */
export async function tcpClient(
  target: TcpTarget,
  {
    reconnect = false,
    times = reopeningTimes,
    signal: first,
  }: { reconnect?: boolean; times?: Pick<Reopening, 'firstMs' | 'maxMs'>; signal?: AbortSignal } = {},
): Promise<FrameLink> {
  const open = (signal?: AbortSignal): Promise<Connection> => dial(target, signal)
  return frameLink(await open(first), target.framing, reconnect ? { open, ...times } : undefined)
}

/** An end that others find. */
export interface Listening {
  /** Where it listens: with the port that the system chose, if it was to. */
  readonly target: TcpTarget
  /** Ends it and every connection that it took. */
  close(): Promise<void>
}

const oldestOf = (sockets: readonly Socket[]): Socket | undefined =>
  sockets.find(({ bytesRead }) => bytesRead === 0) ?? sockets[0]

/** Listens, and hands over every connection as it is. @throws LinkError `notOpened` */
export function tcpStreams(target: TcpTarget, accept: (connection: Connection) => void): Promise<Listening> {
  const open = new Map<Socket, Connection>()
  const server = createServer((socket) => {
    const connection = connectionOf(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
    if (open.size >= MAX_CONNECTIONS) oldestOf([...open.keys()])?.destroy()
    open.set(socket, connection)
    accept(connection)
  })
  return new Promise((resolve, reject) => {
    const refused = (cause: Error): void =>
      reject(new LinkError('notOpened', `cannot listen at ${describeTarget(target)}: ${reasonOf(cause)}`, { cause }))
    server.once('error', refused)
    server.listen(target.port, target.host, () => {
      server.off('error', refused)
      resolve({
        target: { ...target, port: (server.address() as AddressInfo).port },
        async close() {
          const closed = new Promise((done) => server.close(done))
          await Promise.all([...open.values()].map((connection) => connection.shut()))
          await closed
        },
      })
    })
  })
}

/** Listens, and hands over a link for every end that comes. @throws LinkError `notOpened` */
export async function tcpServer(target: TcpTarget, accept: (link: FrameLink) => void): Promise<Listening> {
  const links = new Set<FrameLink>()
  const streams = await tcpStreams(target, (connection) => {
    const link = frameLink(connection, target.framing)
    links.add(link)
    void link.ended.then(() => links.delete(link))
    accept(link)
  })
  return {
    target: streams.target,
    async close() {
      await Promise.all([...links].map((link) => link.close()))
      await streams.close()
    },
  }
}
