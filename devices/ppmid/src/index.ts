import type { Eui64 } from '@smets2-sim/bytes'
import type { DevicePorts } from '@smets2-sim/firmware'
import { Ppmid } from './ppmid.js'
import { ppmidProfile } from './profile.js'

/** A prepayment display with this identity, on these ports. */
export const ppmid = (id: Eui64, ports: DevicePorts): Ppmid => new Ppmid(id, ports)
export { Ppmid, type PpmidScreen } from './ppmid.js'
export type { CommandView, CommandViews, UserCommand } from './commands.js'
export { type Key, type Keypad, keypadDialogue } from './keypad.js'
export { ppmidProfile }
