import type { Eui64 } from '@smets2-sim/bytes'
import type { DevicePorts } from '@smets2-sim/firmware'
import { Esme, type Shown } from './esme.js'
import type { EsmeOptions } from './manufacture.js'

/** An electricity meter with this identity, on these ports. Without options it is one for a bench, which lacks nothing. */
export const esme = (id: Eui64, ports: DevicePorts, options?: EsmeOptions): Esme => new Esme(id, ports, options)
export { Esme, type EsmeOptions, type Shown }
export { type Hardware } from './hardware.js'
export { esmeProfile } from './profile.js'
export { householdMeterDays } from './meter-days.js'
export type { ActuatorOrder } from './running/auxiliary.js'
export { electricityHomeOf, orderSwitchesBy } from './running/home.js'
export type { UserAnswer } from './running/user.js'
export type { Cover, Load, Occurrence, SelfTest } from './running/world.js'
export * from './events.js'
export * from './metering/index.js'
export * from './tariff/index.js'
export * from './clusters/index.js'
