import type { Member } from '@smets2-sim/gbcs'
import { type auxiliaryLoad, type Device, type Item, item } from '@smets2-sim/firmware'
import type { EsmeVariant } from './metering/index.js'

/** What an electricity meter is built of: which objects it has depends on it. */
export interface Hardware {
  readonly variant: EsmeVariant
  /** What hangs on auxiliary controllers 1 to 5. */
  readonly controllers: readonly auxiliaryLoad.ControllerKind[]
  /** Boost Function Availability. */
  readonly boostFunction: boolean
  readonly loadSwitch: boolean
  /** It has the objects of all variants: the meter of a test bench, to which every reference message can be sent. */
  readonly everyObject: boolean
}

/** A meter that lacks nothing. What it meters is a single element until it is primed to be more. */
export const benchHardware: Hardware = {
  variant: 'singleElement',
  controllers: ['apc', 'apc', 'apc', 'apc', 'apc'],
  boostFunction: true,
  loadSwitch: true,
  everyObject: true,
}

/** Constant data: written when the meter is made. */
export const hardware: Item<Hardware> = item('hardware', benchHardware)
export const hardwareOf = (device: Device): Hardware => device.items.read(hardware)

const hasController = ({ controllers }: Hardware): boolean => controllers.some((kind) => kind !== 'none')
const hasProportional = ({ controllers }: Hardware): boolean => controllers.includes('apc')

/** Objects that not every meter has, by their SMETS names, and which meters have them. */
const needs: readonly (readonly [object: RegExp, has: (hardware: Hardware) => boolean])[] = [
  [/^secondary/, ({ variant }) => variant === 'twinElement'],
  [/Phase[23]$/, ({ variant }) => variant === 'polyphase'],
  [/^auxiliaryController\d(Limit|StateInformation)|^auxiliaryProportional/, hasProportional],
  [/^auxiliary/, hasController],
  [/^boostFunction/, ({ boostFunction }) => boostFunction],
  [/^supplyScripts$/, ({ loadSwitch }) => loadSwitch],
]

/** Whether this meter has no such object: it answers object-unavailable. */
export function lacks(device: Device, { object }: Member): boolean {
  const built = hardwareOf(device)
  return !built.everyObject && needs.some(([pattern, has]) => pattern.test(object) && !has(built))
}
