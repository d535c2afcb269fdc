import { han } from '@smets2-sim/firmware'
import { events, zclStatus } from '@smets2-sim/zcl'
import type { ElectricityHome } from './home.js'

/** Logs by the low nibble of a request: all, or the one of general events. Displays get no other (our decision). */
const [ALL_LOGS, GENERAL_EVENTS] = [0, 3]
/** Any event. */
const ANY_EVENT = 0
/** Entries in one answer: so many fit a frame (our decision). */
const ENTRIES_AT_ONCE = 4

/** Events cluster of an electricity meter: its event log, the newest first. */
export const eventsServer = han.servedCluster<ElectricityHome, typeof events>(events, {
  commands: {
    getEventLog: {
      from: ['ppmid', 'type2'],
      handle({ readings }, { eventControlLogId, eventId, startTime, endTime, numberOfEvents, eventOffset }) {
        const log = (eventControlLogId as number) & 0x0f
        const found =
          log === ALL_LOGS || log === GENERAL_EVENTS
            ? [...readings.events()]
                .filter(
                  ({ time, code }) =>
                    time >= startTime && time < endTime && (eventId === ANY_EVENT || code === eventId),
                )
                .reverse()
            : []
        if (found.length === 0) return zclStatus.notFound
        const wanted = (numberOfEvents as number) || found.length
        const entries = found.slice(eventOffset, eventOffset + Math.min(wanted, ENTRIES_AT_ONCE))
        return {
          name: 'publishEventLog',
          fields: {
            totalNumberOfEvents: found.length,
            commandIndex: 0,
            totalCommands: 1,
            logPayload: {
              control: entries.length << 4,
              entries: entries.map(({ time, code, otherInformation }) => ({
                logId: GENERAL_EVENTS,
                eventId: code,
                time,
                data: otherInformation,
              })),
            },
          },
        }
      },
    },
  },
})
