import { decodeDateTime, encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { type Device, methodOf } from '@smets2-sim/firmware'
import { dailyWindowFrom, type DemandRegister, type MaximumDemand, resetMaximumDemand } from '../metering/index.js'
import { changeMetering, meterUp } from '../running/meter-up.js'
import { constant, reading, setting } from './reading.js'

const WATT = { scaler: 0, unit: 27 }

const objects = {
  import: [o.maximumDemandImport, o.maximumDemandImportReset],
  configurableTimeImport: [o.maximumDemandConfigurableTimeImport, o.maximumDemandConfigurableTimeImportReset],
  export: [o.maximumDemandExport, o.maximumDemandExportReset],
} as const

const change = (device: Device, register: DemandRegister, values: Partial<MaximumDemand>): void =>
  changeMetering(device, (state) => ({
    ...state,
    maximumDemand: { ...state.maximumDemand, [register]: { ...state.maximumDemand[register], ...values } },
  }))
const timeOf = (octets: Uint8Array): UtcSeconds => decodeDateTime(octets).time

const viewsOf = (register: DemandRegister) => {
  const [demand, lastReset] = objects[register]
  const demandOf = (device: Device): MaximumDemand => meterUp(device).maximumDemand[register]
  return [
    reading(demand.value, {
      get: (device) => demandOf(device).demandW,
      prime: (device, demandW) => change(device, register, { demandW }),
    }),
    constant(demand.scalerUnit, WATT),
    reading(demand.captureTime, {
      get: (device) => encodeDateTime(demandOf(device).captureTime),
      prime: (device, octets) => change(device, register, { captureTime: timeOf(octets) }),
    }),
    reading(lastReset.value, {
      get: (device) => encodeDateTime(demandOf(device).lastResetTime),
      prime: (device, octets) => change(device, register, { lastResetTime: timeOf(octets) }),
    }),
    methodOf(demand.reset, ({ device, now }) =>
      changeMetering(device, (state) => resetMaximumDemand(state, register, now)),
    ),
  ]
}

/** Maximum demand: ECS18a, ECS18b, ECS37, ECS57. facts 12.2, 12.10. */
export const demandViews = [
  ...viewsOf('import'),
  ...viewsOf('configurableTimeImport'),
  ...viewsOf('export'),
  setting(o.maximumDemandConfigurableTimePeriod.entries, { check: dailyWindowFrom }),
]
