/** Electricity that a controller lets out to a load or in from a source. */
export type Direction = 'output' | 'input'
const directions = { output: 1, input: 2 } as const

/** What a script selector says to a controller. A switch knows only the levels 0 (open) and 100 (closed). */
export interface ControllerOrder {
  /** 1 to 5. */
  readonly controller: number
  readonly direction: Direction
  /** Percent; undefined gives the controller back to its calendar. */
  readonly level?: number
  readonly by: 'calendar' | 'command'
}

export const CONTROLLERS = [1, 2, 3, 4, 5] as const
const [CALENDAR_CLOSE, CALENDAR_OPEN, COMMAND_CLOSE, COMMAND_OPEN, RESET] = [0x01, 0x02, 0x11, 0x12, 0x20] as const
const BY_CALENDAR = 0x80

const switchActions: Readonly<Record<number, { level?: number; by: 'calendar' | 'command' }>> = {
  [CALENDAR_CLOSE]: { level: 100, by: 'calendar' },
  [CALENDAR_OPEN]: { level: 0, by: 'calendar' },
  [COMMAND_CLOSE]: { level: 100, by: 'command' },
  [COMMAND_OPEN]: { level: 0, by: 'command' },
  [RESET]: { by: 'command' },
}

/**
 * The order of a selector of script table 0-0:10.0.103.255 or 0-0:10.0.107.255, or undefined when it is none. Two forms,
 * read from the samples of ECS46c, ECS46d, ECS47, ECS47a, ECS47e and ECS35f:
 * - `0n aa`: switch n, action 01, 02 (close, open, in calendars), 11, 12 (in commands), 20 (back to the calendar);
 * - `dn ll`: direction 1 (output) or 2 (input), controller n, level 0 to 100, with the top bit set in calendars.
 */
export function readSelector(selector: number): ControllerOrder | undefined {
  const controller = (selector >> 8) & 0x0f
  const low = selector & 0xff
  if (selector > 0xffff || controller < 1 || controller > CONTROLLERS.length) return undefined
  const form = selector >> 12
  if (form === 0) {
    const action = switchActions[low]
    return action && { controller, direction: 'output', ...action }
  }
  const level = low & ~BY_CALENDAR
  if ((form !== directions.output && form !== directions.input) || level > 100) return undefined
  const direction = form === directions.output ? 'output' : 'input'
  return { controller, direction, level, by: low & BY_CALENDAR ? 'calendar' : 'command' }
}

/** The selector that the auxiliary controller event log keeps for an order: `0n aa` for a switch, else `dn ll`. */
export function logSelector(order: ControllerOrder, isSwitch: boolean): number {
  const { controller, direction, level, by } = order
  if (level === undefined) return (controller << 8) | RESET
  const head = directionAndNumber(direction, controller) << 8
  if (!isSwitch) return head | (by === 'calendar' ? BY_CALENDAR : 0) | level
  const close = by === 'calendar' ? CALENDAR_CLOSE : COMMAND_CLOSE
  const open = by === 'calendar' ? CALENDAR_OPEN : COMMAND_OPEN
  return (controller << 8) | (level > 0 ? close : open)
}

/** Direction and number of a controller in one octet, as in alerts 8F86 and 8F87: 0x15 is output of controller 5. */
export const directionAndNumber = (direction: Direction, controller: number): number =>
  (directions[direction] << 4) | controller
