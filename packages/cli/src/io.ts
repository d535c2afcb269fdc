import { GbcsError } from '@smets2-sim/bytes'
import { readFile } from 'node:fs/promises'

/** Where a command reads and writes, so that tests run it in process. */
export interface Io {
  /** Writes to standard output. */
  out(text: string): void
  /** Writes to standard error. */
  err(text: string): void
  /** All of standard input. */
  stdin(): Promise<Uint8Array>
  file(path: string): Promise<Uint8Array>
  /** 0 done, 1 the checks failed, 2 the input was wrong. A command sets it. */
  exitCode: number
  /** Whether somebody watches: long work shows its progress then. */
  readonly terminal?: boolean
  /** Columns of the terminal that standard output is; undefined in a pipe or a file. */
  readonly columns?: number | undefined
}

export const processIo = (): Io => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  async stdin() {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
    return Buffer.concat(chunks)
  },
  file: (path) => readFile(path),
  exitCode: 0,
  terminal: process.stderr.isTTY,
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
})

/** Content of a file that the user names. @throws GbcsError `invalidValue` for one that cannot be read */
export const contentOf = (io: Pick<Io, 'file'>, path: string): Promise<Uint8Array> =>
  io.file(path).catch((error: unknown) => {
    throw new GbcsError('invalidValue', `cannot read ${path}: ${(error as Error).message}`)
  })
/** The same as text. */
export const textOf = async (io: Pick<Io, 'file'>, path: string): Promise<string> =>
  new TextDecoder().decode(await contentOf(io, path))
