import { type ChildProcess, spawn } from 'node:child_process'
import { LinkError } from './link-error.js'

/** Pseudo-terminals by `socat`, which must be there: this platform cannot make one by itself. */
export interface Pty {
  /** Ends `socat`, and the terminals with it. */
  close(): Promise<void>
}

/** Octets of what `socat` tells us that are kept for an error. */
const KEPT = 2000

/** Starts `socat` between two of its addresses; settles when octets flow. @throws LinkError `notOpened` */
function socat(from: string, to: string): Promise<Pty> {
  const child: ChildProcess = spawn('socat', ['-d', '-d', from, to], { stdio: ['ignore', 'ignore', 'pipe'] })
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  let told = ''
  return new Promise((resolve, reject) => {
    const refused = (why: string): void => reject(new LinkError('notOpened', `socat ${from} ${to}: ${why}`))
    child.once('error', (error) => refused(error.message))
    child.once('close', () => refused(told.trim() || 'it ended at once'))
    child.stderr?.on('data', (chunk: Buffer) => {
      told = (told + chunk.toString()).slice(-KEPT)
      if (!told.includes('starting data transfer loop')) return
      resolve({
        async close() {
          child.kill()
          await gone
        },
      })
    })
  })
}

/** Two terminals of which each hears what the other says: a cable without a cable. The paths become links to them. */
export const ptyPair = (a: string, b: string): Promise<Pty> =>
  socat(`PTY,link=${a},raw,echo=0`, `PTY,link=${b},raw,echo=0`)

/** A terminal that leads to a listening socket. */
export const ptyTo = (path: string, { host, port }: { host: string; port: number }): Promise<Pty> =>
  socat(`PTY,link=${path},raw,echo=0`, `TCP:${host}:${port}`)
