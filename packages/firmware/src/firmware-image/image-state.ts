import type { Device } from '../device.js'
import { machine } from '../machine/machine.js'
import { type Item, item } from '../state/item-store.js'
import { firmwareImage } from './image.js'
import type { Transfer } from './transfer.js'

/** How an image comes to a device, and what becomes of it. There is room for one: a new one takes the place of another. */
export const firmwareImageMachine = machine('firmware image', {
  none: { offered: 'receiving' },
  receiving: { offered: 'receiving', blockArrived: 'receiving', authentic: 'held', refused: 'none', withdrawn: 'none' },
  held: { offered: 'receiving', activated: 'none' },
})
export type FirmwareImageState = (typeof firmwareImageMachine.states)[number]

/** The image that is on its way. */
export const transfer: Item<Transfer | undefined> = item('firmware.transfer', undefined)

export const firmwareImageState = ({ items }: Device): FirmwareImageState =>
  items.read(transfer) ? 'receiving' : items.read(firmwareImage) ? 'held' : 'none'

/** Whether an event means anything in the present state. */
export const mayHappen = (device: Device, event: (typeof firmwareImageMachine.events)[number]): boolean =>
  firmwareImageMachine.next(firmwareImageState(device), event) !== undefined
