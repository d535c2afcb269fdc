import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const bin = new URL('../bin/smets2.js', import.meta.url).pathname
/** Whether there is a `smets2` to start; without one its tests are skipped. */
export const built = existsSync(new URL('../dist/main.js', import.meta.url).pathname)
if (!built) console.warn('smets2 is not built (npm run build): its tests as a process are skipped')

/** `smets2` in a process of its own. */
export interface Program {
  /** Settles with the text on standard output as soon as it matches; fails when the program ends before. */
  says(pattern: RegExp): Promise<string>
  /** Settles when it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
  /** Asks it to stop. */
  stop(signal?: NodeJS.Signals): void
}

export function start(...args: readonly string[]): Program {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const written = { out: '', err: '' }
  const heard = new Set<() => void>()
  child.stdout?.on('data', (chunk: Buffer) => {
    written.out += chunk.toString()
    for (const hear of heard) hear()
  })
  child.stderr?.on('data', (chunk: Buffer) => void (written.err += chunk.toString()))
  const ended = new Promise<Awaited<Program['ended']>>((resolve) =>
    child.once('close', (code) => resolve({ code, ...written })),
  )
  return {
    ended,
    stop: (signal = 'SIGTERM') => void child.kill(signal),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const hear = (): void => {
          if (pattern.test(written.out)) resolve(written.out)
        }
        heard.add(hear)
        hear()
        void ended.then(({ err }) => reject(new Error(`smets2 ended before it said ${String(pattern)}: ${err}`)))
      }),
  }
}
