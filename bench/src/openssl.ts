import { spawnSync } from 'node:child_process'

/** What `openssl speed` says of one core, in operations a second; undefined where there is no openssl. */
export function opensslSpeed(
  seconds = 1,
): { readonly signPerSecond: number; readonly verifyPerSecond: number } | undefined {
  const { status, stdout } = spawnSync('openssl', ['speed', '-seconds', String(seconds), 'ecdsap256'], {
    encoding: 'utf8',
  })
  const row = status === 0 ? /256 bits ecdsa.*?([\d.]+)\s+([\d.]+)\s*$/m.exec(stdout) : null
  return row ? { signPerSecond: Number(row[1]), verifyPerSecond: Number(row[2]) } : undefined
}
