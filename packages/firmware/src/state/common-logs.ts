import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertLog } from '@smets2-sim/gbcs'
import { type Log, RingLog } from './ring-log.js'

interface Timed {
  readonly time: UtcSeconds
}
/** A log of entries with a time. */
export const ringLog = (capacity: number) => (): Log<any> => new RingLog<Timed>(capacity, ({ time }) => time)

/** Event and security log, which every device keeps: 100 entries each. facts 4.4. */
export const commonLogs = {
  'eventLog.buffer': ringLog(100),
  'securityLog.buffer': ringLog(100),
} as const
export const commonAlertLogs: Readonly<Partial<Record<AlertLog, string>>> = {
  event: 'eventLog.buffer',
  security: 'securityLog.buffer',
}
