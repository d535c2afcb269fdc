import { deviceLog } from '../credentials/device-log.js'
import { ownCertificate } from '../credentials/own-certificates.js'
import { highestTopUpCounter, raiseTopUpFloor } from '../credentials/top-up-floor.js'
import type { Device } from '../device.js'
import { firmwareVersion, runningImage } from '../firmware-image/image.js'
import { imageIdentity } from '../firmware-image/reception.js'

/** What belongs to the device and not to the home that it was in. */
const ownItems: ReadonlySet<string> = new Set(
  [
    ownCertificate('digitalSignature'),
    ownCertificate('keyAgreement'),
    firmwareVersion,
    runningImage,
    imageIdentity,
  ].map(({ name }) => name),
)
/** Counters are never set back: what was sent to it in one home must not work in the next, nor a nonce come twice. */
const isCounter = (name: string): boolean => name.startsWith('counter.')

/**
 * A decommissioned device forgets the home that it was in: credentials and keys of parties and devices, data items,
 * orders that wait, and all logs. Its identity, hardware, firmware and counters stay. `provision` gives it what a device has
 * when it leaves the factory: without, it knows nobody and does nothing.
 */
export function factoryReset(device: Device, provision: (device: Device) => void = () => undefined): void {
  const { items, anchors, ports } = device
  const topUps = highestTopUpCounter(device)
  for (const { role, usage } of anchors.cells) {
    const anchor = anchors.get(role, usage)
    if (anchor?.entityId) ports.keys.forget(anchor.entityId)
  }
  for (const { deviceId } of deviceLog(device)) ports.keys.forget(deviceId)
  const putBack = device.profile.refurbish?.(device)
  items.restore([...items.entries()].filter(([name]) => ownItems.has(name) || isCounter(name)))
  for (const log of device.usedLogs().values()) log.clear()
  if (topUps >= 0n) raiseTopUpFloor(device, topUps)
  putBack?.()
  provision(device)
  device.save()
}
