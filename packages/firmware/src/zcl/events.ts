import { equalBytes } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { events, zclStatus } from '@smets2-sim/zcl'
import { raise } from '../alerts/raise.js'
import type { Log } from '../state/ring-log.js'
import { zclFaultKey } from './fault-key.js'
import { type FieldsOf, notFound } from './fields.js'
import { insertByTime } from './log-order.js'
import type { ClusterServer, ZclAnswer, ZclContext } from './profile.js'

type PublishedLog = FieldsOf<(typeof events)['toClient']['publishEventLog']>

/** Names of the logs behind the log identifiers of a device. facts 10.11. */
export interface EventLogTable {
  readonly names: Readonly<Record<number, string>>
  /** Identifiers of those that may be cleared: security logs never are. */
  readonly clearable: readonly number[]
}
/** Logs of its own that every device has. */
export const ownEventLogs: EventLogTable = { names: { 3: 'eventLog.buffer', 4: 'securityLog.buffer' }, clearable: [3] }

interface Entry {
  readonly time: UtcSeconds
  readonly code: number
  readonly otherInformation?: Uint8Array
}
const none = new Uint8Array(0)

const lowNibble = (octet: number): number => octet & 0x0f
/** High nibble of the event control: everything that is known of an event, else only that it happened. */
const FULL_INFORMATION = 1

function getEventLog(table: EventLogTable, { device }: ZclContext, fields: Readonly<Record<string, any>>): ZclAnswer {
  const control = fields['eventControlLogId'] as number
  const logId = lowNibble(control)
  const name = table.names[logId]
  if (name === undefined) return notFound
  const full = control >> 4 === FULL_INFORMATION
  const eventId = fields['eventId'] as number
  const offset = fields['eventOffset'] as number
  const count = fields['numberOfEvents'] as number
  const found = (device.log(name) as Log<Entry>)
    .between(fields['startTime'], fields['endTime'])
    .filter(({ code }) => eventId === 0 || code === eventId)
  const entries = found.slice(offset, count === 0 ? undefined : offset + count)
  if (entries.length === 0) return notFound
  const answer: PublishedLog = {
    totalNumberOfEvents: found.length,
    commandIndex: 0,
    totalCommands: 1,
    logPayload: {
      control: (entries.length << 4) & 0xf0,
      entries: entries.map(({ code, time, otherInformation = none }) => ({
        logId,
        eventId: code,
        time,
        data: full ? otherInformation : none,
      })),
    },
  }
  return [{ command: 'publishEventLog', fields: answer }]
}

/** Log identifier that means all logs. */
const ALL = 0

function clearEventLog(table: EventLogTable, { device }: ZclContext, logId: number): ZclAnswer {
  const cleared = table.clearable.filter((id) => id === lowNibble(logId) || lowNibble(logId) === ALL)
  for (const id of cleared) device.after(() => device.log(table.names[id] as string).clear())
  if (cleared.length > 0) raise(device, 'eventLogCleared')
  const fields = { clearedEventsLogs: cleared.reduce((bits, id) => bits | (1 << id), 0) }
  const answer = [{ command: 'clearEventLogResponse', fields }]
  return cleared.length > 0 ? answer : { refused: answer }
}

function learnEvents(table: EventLogTable, { device }: ZclContext, fields: Readonly<Record<string, any>>): void {
  for (const entry of (fields as PublishedLog).logPayload.entries) {
    const name = table.names[entry.logId]
    if (name === undefined) continue
    insertByTime<Entry>(
      device.log(name),
      ({ time }) => time,
      [{ time: entry.time, code: entry.eventId, otherInformation: entry.data }],
      (one, other) =>
        one.code === other.code && equalBytes(one.otherInformation ?? none, other.otherInformation ?? none),
    )
  }
}

/** Reads and clearing of event logs. A log that is published belongs to the log of the same identifier. */
export const eventLogs = (table: EventLogTable): ClusterServer => ({
  commands: {
    'events.getEventLog': { handle: (context, fields) => getEventLog(table, context, fields) },
    'events.clearEventLogRequest': {
      handle: (context, { logId }) => clearEventLog(table, context, logId),
      failed: () => [{ command: 'clearEventLogResponse', fields: { clearedEventsLogs: 0 } }],
    },
  },
  learns: {
    'events.publishEventLog': (context, fields) => learnEvents(table, context, fields),
    'events.clearEventLogResponse': ({ device }, { clearedEventsLogs }) => {
      if (clearedEventsLogs === 0)
        device.faults.inject(
          zclFaultKey(events.id, 'command', events.toServer.clearEventLogRequest.id),
          zclStatus.hardwareFailure,
        )
    },
  },
})
