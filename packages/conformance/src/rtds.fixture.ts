import { existsSync } from 'node:fs'

/** Folder of the reference messages, or undefined when there is none: tests that need it are skipped then, and say so. */
export const rtds: string | undefined = [
  process.env['RTDS_DIR'],
  new URL('../../../../shared/rtds', import.meta.url).pathname,
].find((dir) => dir !== undefined && existsSync(`${dir}/index.json`))
if (!rtds) console.warn('reference messages not found (RTDS_DIR): their tests are skipped')
