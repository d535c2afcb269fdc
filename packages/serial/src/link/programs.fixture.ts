import { spawnSync } from 'node:child_process'

/** Whether a program is there; if not, says which tests are skipped. */
export function has(program: string, ...versionOption: string[]): boolean {
  const found = spawnSync(program, versionOption, { stdio: 'ignore' }).error === undefined
  if (!found) console.warn(`${program} not found: the tests that need it are skipped`)
  return found
}
