import { type UtcSeconds } from '@smets2-sim/cosem'
import {
  type Asn1Value,
  deviceTimeStatus,
  fromGeneralizedTime,
  setClockCommand,
  toGeneralizedTime,
} from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import type { Asn1Executor } from '../asn1/executor.js'
import type { Device } from '../device.js'

/** A device corrects its clock by itself up to this much; more is for a command of the supplier. facts 4.5 (8F0C). */
const TOLERANCE_S = 10

/**
 * Sets the clock to the hub's time if that lies between two times; else, or when the hub has no time to give, the
 * device's own time is doubtful from now on. Whether it was set. facts 7.6.
 */
export function setClockWithin(device: Device, from: UtcSeconds, to: UtcSeconds): boolean {
  const time = device.ports.timeSource ? device.ports.timeSource() : device.now
  if (time === undefined || time < from || time > to) {
    device.clock.markUnreliable()
    return false
  }
  device.clock.set(time)
  return true
}

/** GCS28, Set Clock on GSME. */
export const setGasClock: Asn1Executor = {
  execute({ device }, { validityIntervalStart, validityIntervalEnd }: Asn1Value<typeof setClockCommand>) {
    const ok = setClockWithin(
      device,
      fromGeneralizedTime(validityIntervalStart),
      fromGeneralizedTime(validityIntervalEnd),
    )
    const status = ok ? deviceTimeStatus.reliable : deviceTimeStatus.unreliable
    return { value: { deviceTime: toGeneralizedTime(device.now), deviceTimeStatus: status }, ok }
  },
}

/** The daily comparison with the hub's time: small differences are corrected, others are reported. facts 4.5, B10. */
export function synchroniseClock(device: Device): void {
  const time = device.ports.timeSource?.()
  if (time === undefined) return
  const difference = Math.abs(time - device.now)
  if (difference === 0) return
  if (difference <= TOLERANCE_S) {
    device.clock.set(time)
    raise(device, 'clockAdjustedWithinTolerance')
  } else {
    device.clock.markUnreliable()
    // one code for the security log and the supplier, another for the event log
    raise(device, 'clockNotAdjusted')
    raise(device, 'clockNotAdjustedOutsideTolerance')
  }
}
