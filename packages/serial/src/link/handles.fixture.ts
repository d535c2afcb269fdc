import { setImmediate as turn } from 'node:timers/promises'

/**
 * What keeps this process alive: sockets, servers, children, requests, counted by kind. Timers are left out, because
 * the test runner has its own that come and go; a test with counted timers looks after ours.
 */
export async function openHandles(): Promise<Record<string, number>> {
  for (let i = 0; i < 3; i++) await turn()
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo())
    if (kind !== 'Immediate' && kind !== 'Timeout') counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
