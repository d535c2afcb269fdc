import type { UtcSeconds } from '@smets2-sim/cosem'
import { machine } from '../machine/machine.js'

/** Who says what a controller does: its calendar, a command for a time, or the boost button. The last to speak wins. */
export const auxiliaryControl = machine('auxiliary control', {
  calendar: { commandBegins: 'command', boostPressed: 'boost', givenBack: 'calendar' },
  command: { commandBegins: 'command', commandEnds: 'calendar', boostPressed: 'boost', givenBack: 'calendar' },
  boost: {
    commandBegins: 'command',
    boostPressed: 'boost',
    boostEnds: 'calendar',
    boostEndsInCommand: 'command',
    givenBack: 'calendar',
  },
})
export type Authority = (typeof auxiliaryControl.states)[number]

/** A level for a time; without an end, until it is given back. */
export interface Setting {
  readonly level: number
  readonly start: UtcSeconds
  readonly end?: UtcSeconds
}

/** One direction of a controller. */
export interface Channel {
  readonly authority: Authority
  readonly calendarLevel: number
  readonly command?: Setting
  /** A level that is not exceeded for a time, whoever is in authority. */
  readonly limit?: Required<Setting>
  /** Level that the actuator was last told. */
  readonly ordered: number
  /** Level that it has, as far as is known. */
  readonly level: number
  /** HAN command that is not yet answered. */
  readonly pending?: number
}
export const newChannel: Channel = { authority: 'calendar', calendarLevel: 0, ordered: 0, level: 0 }

export const isRunning = (setting: Setting | undefined, now: UtcSeconds): boolean =>
  setting !== undefined && setting.start <= now && (setting.end === undefined || now < setting.end)

/** The level that a channel should have now. A boost closes. */
export function wantedLevel(channel: Channel, now: UtcSeconds): number {
  const { authority, command, limit, calendarLevel } = channel
  const level = authority === 'boost' ? 100 : authority === 'command' && command ? command.level : calendarLevel
  return limit && isRunning(limit, now) ? Math.min(level, limit.level) : level
}

type ControlEvent = (typeof auxiliaryControl.events)[number]

/** The channel with the authority after an event; the event must mean something in this state, or nothing changes. */
export const ruledBy = (channel: Channel, event: ControlEvent): Channel => ({
  ...channel,
  authority: auxiliaryControl.next(channel.authority, event) ?? channel.authority,
})

/** The channel without a command, a limit or a pending answer. */
export const without = (channel: Channel, key: 'command' | 'limit' | 'pending'): Channel => {
  const { [key]: _, ...rest } = channel
  return rest
}
