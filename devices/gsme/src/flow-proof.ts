import type { UtcSeconds } from '@smets2-sim/cosem'
import { creditForbids, type Device, type Item, item, numberItem, supplyEvent, valveState } from '@smets2-sim/firmware'
import { metering } from '@smets2-sim/zcl'
import { meterUntil } from './flow.js'
import { register } from './metering.js'

// After a person has opened the valve the flow is measured: something left on would fill the room with gas.

const threshold = numberItem(metering, 'uncontrolledFlowThreshold')
const multiplier = numberItem(metering, 'uncontrolledFlowMultiplier')
const divisor = numberItem(metering, 'uncontrolledFlowDivisor')
/** In tenths of a second, as the ZCL has it. */
const stabilisation = numberItem(metering, 'flowStabilisationPeriod')
const measurement = numberItem(metering, 'flowMeasurementPeriod')

/** A proof that runs: when the measurement begins and ends, and the register when it began. */
interface Proof {
  readonly from: UtcSeconds
  readonly to: UtcSeconds
  readonly register?: number
}
const proof: Item<Proof | undefined> = item('supply.flowProof', undefined)

/** When the proof has to be looked at next. */
export function nextProof({ items }: Device): UtcSeconds | undefined {
  const running = items.read(proof)
  return running && (running.register === undefined ? running.from : running.to)
}

/** The user opens an armed valve. Whether it was opened: not while credit forbids supply. facts 12.6. */
export function openValve(device: Device): boolean {
  meterUntil(device, device.now)
  if (creditForbids(device) || !supplyEvent(device, 'userEnables')) return false
  const from = device.now + Math.ceil(device.items.read(stabilisation) / 10)
  device.items.write(proof, { from, to: from + device.items.read(measurement) })
  prove(device, device.now)
  return true
}

/** Begins or ends the measurement when its time has come. */
export function prove(device: Device, time: UtcSeconds): void {
  const { items } = device
  let running = items.read(proof)
  if (!running) return
  if (valveState(device) !== 'proving') return items.reset(proof)
  if (running.register === undefined && time >= running.from)
    items.write(proof, (running = { ...running, register: items.read(register) }))
  if (running.register === undefined || time < running.to) return
  items.reset(proof)
  const seconds = running.to - running.from
  supplyEvent(
    device,
    isUncontrolled(device, items.read(register) - running.register, seconds) ? 'uncontrolledFlow' : 'flowProven',
  )
}

/** Whether a volume in a time is more than the threshold: cubic metres an hour, by multiplier and divisor. No threshold: never. */
function isUncontrolled({ items }: Device, litres: number, seconds: number): boolean {
  const limit = items.read(threshold) * items.read(multiplier) * 1000
  return limit > 0 && seconds > 0 && litres * 3600 * items.read(divisor) > limit * seconds
}
