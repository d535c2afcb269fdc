import { type Device, type Item, item, machine, raise, verifyFirmwareAtPowerOn } from '@smets2-sim/firmware'
import { extendedPanId } from '../device-log/hub-log.js'
import { clockLost, synchroniseWithWan } from './time-source.js'

/**
 * The hub makes itself ready, before any other device: it forms its network when it is switched on, so that an
 * installer can go on without the wide area network, and is commissioned when that is there for the first time.
 */
export const commissioning = machine('commissioning', {
  new: { switchedOn: 'networkFormed' },
  networkFormed: { wanConnected: 'commissioned' },
  commissioned: {},
})
export type CommissioningState = (typeof commissioning.states)[number]
const state: Item<CommissioningState> = item('chf.commissioning', 'new')

export const commissioningState = ({ items }: Device): CommissioningState => items.read(state)

function advance(device: Device, event: (typeof commissioning.events)[number]): boolean {
  const next = commissioning.next(commissioningState(device), event)
  if (next) device.items.write(state, next)
  return next !== undefined
}

/**
 * The hub is switched on: the first time it forms a network of its own, unless one was restored before; later it does
 * not know how long it was off.
 */
export function switchedOn(device: Device): void {
  verifyFirmwareAtPowerOn(device)
  if (!advance(device, 'switchedOn')) return clockLost(device)
  if (device.items.read(extendedPanId).every((octet) => octet === 0))
    device.items.write(extendedPanId, device.ports.entropy.bytes(8))
}

/** The wide area network is there: the hub takes its time, and the first time says that it is commissioned. */
export function wanConnected(device: Device): void {
  if (commissioningState(device) === 'new') switchedOn(device)
  synchroniseWithWan(device)
  if (advance(device, 'wanConnected')) raise(device, 'deviceCommissioned')
}
