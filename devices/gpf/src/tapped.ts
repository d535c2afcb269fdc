import {
  calendarWrites,
  clusterKey,
  type CommandRow,
  deviceManagementWrites,
  type Learn,
  messaging,
  prepaymentSettings,
  priceWrites,
} from '@smets2-sim/firmware'
import type { GbzItem } from '@smets2-sim/gbcs'

/** How a tapped command is taken over: when, and what it changes in the copy. */
interface TappedCommand extends Pick<CommandRow, 'startTime' | 'slot'> {
  readonly take: Learn
}
const as = ([key, { handle, startTime, slot }]: [string, CommandRow]): [string, TappedCommand] => [
  key,
  {
    take: (context, fields) => void handle(context, fields),
    ...(startTime && { startTime }),
    ...(slot && { slot }),
  },
]

/** Clears the copy of the meter's event log: CS11 to the meter. */
const clearCopy: TappedCommand = {
  take: ({ device }) => device.log('gsmeEventLog.buffer').clear(),
}

/**
 * What the proxy takes over of commands that the meter executed: what sets tariff, calendars, prepayment settings and
 * what is shown to the consumer. Balances, debts and the valve are pushed by the meter. facts 10.4.
 */
export const tapped = {
  useCases: new Set([
    'CS11',
    'GCS01a',
    'GCS01b',
    'GCS02',
    'GCS03',
    'GCS05',
    'GCS07',
    'GCS23',
    'GCS25',
    'GCS25a',
    'GCS41',
    'GCS44',
  ]) as ReadonlySet<string>,
  commands: new Map([
    ...[calendarWrites, priceWrites, prepaymentSettings, messaging, deviceManagementWrites].flatMap(
      ({ commands = {} }) => Object.entries(commands).map(as),
    ),
    ['events.clearEventLogRequest', clearCopy],
  ]) as ReadonlyMap<string, TappedCommand>,
  keyOf: ({ cluster, command }: GbzItem): string => `${clusterKey(cluster)}.${command}`,
} as const
