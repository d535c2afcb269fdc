import { machine } from '@smets2-sim/firmware'

/** The switch between supply and load. What is told again what it is already stays, and that is a success. */
export const loadControlSwitch = machine('load control switch', {
  open: { toldToClose: 'closed', toldToOpen: 'open' },
  closed: { toldToClose: 'closed', toldToOpen: 'open' },
})
export type SwitchState = (typeof loadControlSwitch.states)[number]

/** A command of the electricity meter: a level from a time on. */
export interface SwitchCommand {
  /** Identifier of the HAN command. */
  readonly id: number
  /** 0 open, 100 closed. */
  readonly level: number
  readonly start: number
}

const CLOSED = 100
/** The event of a level; undefined for one that a switch cannot have. */
export const eventOfLevel = (level: number): (typeof loadControlSwitch.events)[number] | undefined =>
  level === 0 ? 'toldToOpen' : level === CLOSED ? 'toldToClose' : undefined
export const levelOfState = (state: SwitchState): number => (state === 'closed' ? CLOSED : 0)
