import type { UtcSeconds } from '@smets2-sim/cosem'
import { appendSample, type Device, type Item, item, sampleId, samplingSession } from '@smets2-sim/firmware'
import { register } from './metering.js'

/** Register at the last half hour, and at the last midnight. */
const atHalfHour: Item<number | undefined> = item('profile.registerAtHalfHour', undefined)
const atMidnight: Item<number | undefined> = item('profile.registerAtMidnight', undefined)
const MODULUS = 2 ** 48

/** What was used since a register value was kept; the value becomes the present one. Undefined the first time. */
function usedSince({ items }: Device, kept: Item<number | undefined>): number | undefined {
  const [before, now] = [items.read(kept), items.read(register)]
  items.write(kept, now)
  return before === undefined ? undefined : (now - before + MODULUS) % MODULUS
}

/** A meter that begins to run: what was on its register before is no consumption. */
export function startLogs(device: Device): void {
  usedSince(device, atHalfHour)
  usedSince(device, atMidnight)
}

/** Half-hour profile: the half hour that ends now. */
export function keepHalfHour(device: Device, time: UtcSeconds): void {
  const used = usedSince(device, atHalfHour)
  if (used !== undefined) appendSample(device, sampleId.profile, time, used)
}

/** Daily consumption: the day that began then. */
export function keepDailySample(device: Device, day: UtcSeconds): void {
  const used = usedSince(device, atMidnight)
  if (used !== undefined) appendSample(device, sampleId.daily, day, used)
}

/** Network data log, while a sampling session runs: the 6 minutes that end now. */
export function keepNetworkSample(device: Device, time: UtcSeconds): void {
  const { items } = device
  const session = items.read(samplingSession)
  if (!session || session.next > time) return
  const now = items.read(register)
  appendSample(device, sampleId.network, time, (now - session.register + MODULUS) % MODULUS)
  items.write(
    samplingSession,
    session.remaining > 1 ? { next: time + SAMPLE_S, remaining: session.remaining - 1, register: now } : undefined,
  )
}
const SAMPLE_S = 360
