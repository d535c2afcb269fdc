import { type Device, numberItem, raise, supplyEvent } from '@smets2-sim/firmware'
import type { AlertName } from '@smets2-sim/gbcs'
import { metering } from '@smets2-sim/zcl'
import { LOW_BATTERY_DAYS, replaceBattery, setBatteryDays } from './battery.js'

/** What may happen to a gas meter from outside its messages: the alert or event of it, and what else it does. */
interface Stimulus {
  readonly alert: AlertName
  /** Does it, the alert included; where it is left out the alert is raised and nothing else happens. */
  readonly happen?: (device: Device) => void
}
const happens = (alert: AlertName): Stimulus => ({ alert })

const LOCKED = 0
const isLocked = ({ items }: Device, name: 'supplyTamperState' | 'supplyDepletionState'): boolean => {
  const kept = numberItem(metering, name)
  return items.has(kept) && items.read(kept) === LOCKED
}
/** Somebody laid hands on the meter: where the supplier has set it so (GCS24), the supply is locked. */
const tamper = (alert: AlertName): Stimulus => ({
  alert,
  happen(device) {
    raise(device, alert)
    if (isLocked(device, 'supplyTamperState')) supplyEvent(device, 'tamper')
  },
})

/** Why a meter doubts itself: the number in alert 81A0. facts 4.2. */
const MEASUREMENT_FAULT = 8

const table = {
  openBatteryCover: tamper('unauthorisedPhysicalAccessBatteryCoverRemoved'),
  closeBatteryCover: happens('batteryCoverClosed'),
  openMeterCover: tamper('unauthorisedPhysicalAccessMeterCoverRemoved'),
  closeMeterCover: happens('meterCoverClosed'),
  applyMagnet: tamper('unauthorisedPhysicalAccessStrongMagneticField'),
  removeMagnet: happens('strongMagneticFieldRemoved'),
  tilt: tamper('tiltTamper'),
  endTilt: happens('tiltTamperEnded'),
  tamper: tamper('unauthorisedPhysicalAccessTamperDetect'),
  accessOtherwise: tamper('unauthorisedPhysicalAccessOther'),
  drainBattery: { alert: 'lowBatteryCapacity', happen: (device) => setBatteryDays(device, LOW_BATTERY_DAYS) },
  replaceBattery: { alert: 'remainingBatteryCapacityReset', happen: replaceBattery },
  losePower: {
    alert: 'gsmePowerSupplyLoss',
    happen(device) {
      raise(device, 'gsmePowerSupplyLoss')
      device.clock.markUnreliable()
      if (isLocked(device, 'supplyDepletionState')) supplyEvent(device, 'depletion')
    },
  },
  exceedCapacity: happens('excessGasFlowBeyondMeterCapacity'),
  letAirIn: happens('flowSensorDetectsAirInGasFlow'),
  reverseFlow: happens('flowSensorDetectsReverseFlowOfGas'),
  testValve: happens('valveTested'),
  failToOpenValve: happens('supplyConnectFailure'),
  failToCloseValve: happens('supplyDisconnectFailure'),
  doubtItself: {
    alert: 'smartMeterIntegrityIssueWarning',
    happen: (device) => integrityIssue(device, MEASUREMENT_FAULT),
  },
  failMeasurement: happens('errorMeasurementFault'),
  failMetrologyFirmware: happens('errorMetrologyFirmwareVerificationFailure'),
  failNonVolatileMemory: happens('errorNonVolatileMemory'),
  failProgramExecution: happens('errorProgramExecution'),
  failProgramStorage: happens('errorProgramStorage'),
  failMemory: happens('errorRam'),
  resetUnexpectedly: happens('errorUnexpectedHardwareReset'),
  biteWatchdog: happens('errorWatchdog'),
  failFirmwareAtPowerOn: happens('firmwareVerificationFailedAtPowerOn'),
  joinNetwork: happens('deviceJoinedSmhan'),
  commission: happens('deviceCommissioned'),
  rejectCloseTunnel: happens('closeTunnelCommandRejected'),
  rejectRequestTunnel: happens('requestTunnelCommandRejected'),
  useLocalPort: happens('communicationFromLocalPort'),
  acknowledgeMessage: happens('customerAcknowledgedMessageOnHanDevice'),
} as const satisfies Record<string, Stimulus>

export type StimulusName = keyof typeof table

/** The alert or event that each stimulus is followed by. */
export const stimulusAlerts = Object.fromEntries(
  Object.entries(table).map(([name, { alert }]) => [name, alert]),
) as Readonly<Record<StimulusName, AlertName>>

/** Lets something happen to a gas meter: `stimuli.openBatteryCover(device)`. */
export const stimuli = Object.fromEntries(
  Object.entries(table as Record<string, Stimulus>).map(([name, { alert, happen }]) => [
    name,
    (device: Device): void => {
      // what flowed until now was metered before
      device.tick()
      device.transaction(() => (happen ? happen(device) : raise(device, alert)))
      device.save()
    },
  ]),
) as Readonly<Record<StimulusName, (device: Device) => void>>

/** Alert 81A0 with its reason. */
export const integrityIssue = (device: Device, reason: number): void =>
  raise(device, 'smartMeterIntegrityIssueWarning', { gbz: Uint8Array.of(1, reason >> 8, reason & 0xff) })
