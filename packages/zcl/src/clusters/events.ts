import type { Cluster } from '../cluster.js'
import { bitmap8, octetString, uint8, uint16, utcTime } from '../fields.js'
import { eventLog } from '../entries.js'

/** Events cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const events = {
  id: 0x0709,
  name: 'Events',
  attributes: {},
  toServer: {
    getEventLog: {
      id: 0x00,
      fields: {
        eventControlLogId: bitmap8,
        eventId: uint16,
        startTime: utcTime,
        endTime: utcTime,
        numberOfEvents: uint8,
        eventOffset: uint16,
      },
    },
    clearEventLogRequest: {
      id: 0x01,
      fields: {
        logId: uint8,
      },
    },
  },
  toClient: {
    publishEvent: {
      id: 0x00,
      fields: {
        logId: uint8,
        eventId: uint16,
        eventTime: utcTime,
        eventControl: bitmap8,
        eventData: octetString,
      },
    },
    publishEventLog: {
      id: 0x01,
      fields: {
        totalNumberOfEvents: uint16,
        commandIndex: uint8,
        totalCommands: uint8,
        logPayload: eventLog,
      },
    },
    clearEventLogResponse: {
      id: 0x02,
      fields: {
        clearedEventsLogs: bitmap8,
      },
    },
  },
} as const satisfies Cluster
