import { existsSync, readFileSync } from 'node:fs'
import { fromHex } from '@smets2-sim/bytes'

/** Folder of the reference messages, or undefined when there is none: tests that need it are skipped then, and say so. */
export const rtds: string | undefined = [
  process.env['RTDS_DIR'],
  new URL('../../../../shared/rtds', import.meta.url).pathname,
].find((dir) => dir !== undefined && existsSync(`${dir}/index.json`))
if (!rtds) console.warn('reference messages not found (RTDS_DIR): their tests are skipped')

export interface RtdsRow {
  readonly file: string
  readonly kind: 'precommand' | 'command' | 'response' | 'alert'
  readonly useCase: string
  readonly scenario: string
  readonly messageCode: string
  readonly originator: string
  readonly target: string
  readonly macBetween?: readonly string[] | null
  readonly signed: boolean
}

/** Every reference message with its row of the index. */
export function rtdsMessages(): (RtdsRow & { bytes: Uint8Array })[] {
  if (!rtds) return []
  const rows = JSON.parse(readFileSync(`${rtds}/index.json`, 'utf8')) as RtdsRow[]
  return rows.map((row) => ({ ...row, bytes: fromHex(readFileSync(`${rtds}/messages/${row.file}`, 'utf8')) }))
}
