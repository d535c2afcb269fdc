import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts } from '@smets2-sim/firmware'
import { gsmeProfile, valvelessProfile } from './profile.js'

/** A gas meter with this identity, on these ports. */
export const gsme = (id: Eui64, ports: DevicePorts): Device => new Device(gsmeProfile, id, ports)
/** A gas meter without a valve, for premises other than homes. */
export const valvelessGsme = (id: Eui64, ports: DevicePorts): Device => new Device(valvelessProfile, id, ports)
export { gsmeProfile, valvelessProfile }

export { batteryDays, LOW_BATTERY_DAYS, NEW_BATTERY_DAYS, setBatteryDays } from './battery.js'
export { billingDataLogUpdated } from './billing.js'
export { wattHoursPerLitre } from './energy.js'
export { demandLitresPerHour, setDemand } from './flow.js'
export { addVolume, blockCounter, register, tierRegister } from './metering.js'
export { nextWake } from './processes.js'
export { shareWithProxy } from './report.js'
export { integrityIssue, stimuli, stimulusAlerts, type StimulusName } from './stimuli.js'
export * from './user.js'
