import { native } from '@smets2-sim/crypto'
import { householdMeterDays, meterDay } from '@smets2-sim/esme'

/** Seconds between two changes of the load of the household. */
const STEP_S = 300

/**
 * A day of a household on a whole electricity meter (logs, charges, supply, records), beside the metering engine alone
 * on the same curve: calls a second are meter-days a second.
 */
export function meteringCases(): { readonly name: string; readonly run: () => unknown; readonly limit?: string }[] {
  let day = 0
  const limit = 'meter-day: engine alone'
  return [
    { name: limit, run: () => meterDay(day++, STEP_S) },
    { name: 'meter-day: whole meter', run: householdMeterDays(native, STEP_S), limit },
  ]
}
