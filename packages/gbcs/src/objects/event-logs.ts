import { compactArray, i8 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import { eventEntry, securityEntry, powerEntry } from './shapes.js'

// Event, security and power event logs (facts/cosem_objects.json, section 5).

/** Class 7, Profile generic. SMETS: EventLog(incGPF). */
export const eventLog = cosemObject('eventLog', 7, '0-0:99.98.0.255', {
  buffer: attribute(2, compactArray(eventEntry)),
  reset: method(1, i8),
})

/** Class 7, Profile generic. SMETS: PowerEventLog. */
export const powerEventLog = cosemObject('powerEventLog', 7, '0-0:99.98.4.255', {
  buffer: attribute(2, compactArray(powerEntry)),
})

/** Class 7, Profile generic. SMETS: SecurityLog(notCHF). */
export const securityLog = cosemObject('securityLog', 7, '0-0:99.98.1.255', {
  buffer: attribute(2, compactArray(securityEntry)),
})
