import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, type Item, item, type Process, raise } from '@smets2-sim/firmware'

/** When the hub last had the time from the wide area network. */
const lastSynchronised: Item<UtcSeconds | undefined> = item('chf.lastSynchronised', undefined)
/** When it last looked for it in vain. */
const lastChecked: Item<UtcSeconds | undefined> = item('chf.lastTimeCheck', undefined)
/** A day: how often the hub asks for the time. */
const EVERY_S = 86_400
/** For so long its own clock is good to 10 seconds without the wide area network. Our decision. */
const TRUSTED_S = 5 * 86_400

/** Takes the time of the wide area network, where there is one to take. Whether there was. */
export function synchroniseWithWan(device: Device): boolean {
  const time = device.ports.timeSource?.()
  if (time === undefined) return false
  if (device.clock.status === 'reliable' && time !== device.now) raise(device, 'clockAdjustedWithinTolerance')
  device.clock.set(time)
  device.items.write(lastSynchronised, time)
  return true
}

/** The home's time: that of the hub, as long as it trusts its clock. facts 10.12. */
export const homeTime = (device: Device): UtcSeconds | undefined =>
  device.clock.status === 'reliable' ? device.now : undefined

/** Time Status of the ZCL Time cluster: master and superseding when the time is reliable, else nothing. facts 10.12. */
export const zclTimeStatus = (device: Device): number => (homeTime(device) === undefined ? 0x00 : 0x09)

/** After a power cycle there is no telling how much time has passed: the clock is doubtful until the network is asked. */
export function clockLost(device: Device): void {
  if (!synchroniseWithWan(device)) device.clock.markUnreliable()
}

/** Daily synchronisation; without the wide area network, the clock is trusted for some days only. */
export const clockWatch: Process = {
  nextDue: (device) => nextCheck(device),
  run(device, time) {
    if (synchroniseWithWan(device)) return
    const last = device.items.read(lastSynchronised) ?? time
    if (time - last >= TRUSTED_S) device.clock.markUnreliable()
    else device.items.write(lastChecked, time)
  },
}
function nextCheck({ items, clock }: Device): UtcSeconds | undefined {
  const last = items.read(lastSynchronised)
  if (last === undefined || clock.status !== 'reliable') return undefined
  return Math.max(last, items.read(lastChecked) ?? 0) + EVERY_S
}
