import { fromHex } from '@smets2-sim/bytes'
import { fromIso, type UtcSeconds } from '@smets2-sim/cosem'
import { executionTimesFrom, specialDaysFrom, switchingTableFrom } from '@smets2-sim/firmware'
import type { Tariff } from '../tariff/tariff.js'
import { activateTariff } from './actions.js'
import type { Conditions } from './conditions.js'
import { defaultMeteringConfig, type MeteringConfig } from './config.js'
import type { MeteringEvent, MeteringEventKind } from './events.js'
import { integrate } from './integrate.js'
import { initialMeteringState, type MeteringState } from './state.js'
import type { EsmeVariant } from './variant.js'

/** A switching table that repeats these actions every day: `['0700', 3]` switches to selector 3 at 07:00:00. */
export const daily = (...actions: readonly (readonly [string, number])[]): Tariff['tariffSwitchingTable'] =>
  switchingTableFrom(
    [{ start: fromHex('ffff0101ff000000008000ff'), week: fromHex('01') }],
    [
      {
        name: fromHex('01'),
        ...{ monday: 1, tuesday: 1, wednesday: 1, thursday: 1, friday: 1, saturday: 1, sunday: 1 },
      },
    ],
    [
      {
        dayId: 1,
        schedule: actions.map(([time, selector]) => ({
          startTime: Uint8Array.of(Number(time.slice(0, 2)), Number(time.slice(2, 4)), Number(time.slice(4)), 0),
          selector,
        })),
      },
    ],
  )

export const specialDays = (...days: readonly (readonly [string, number])[]): Tariff['tariffSpecialDays'] =>
  specialDaysFrom(days.map(([date, dayId]) => ({ date: fromHex(date), dayId })))

export const executions = (...entries: readonly (readonly [string, string])[]): MeteringConfig['billingCalendar'] =>
  executionTimesFrom(entries.map(([time, date]) => ({ time: fromHex(time), date: fromHex(date) })))

/** Prices of 1 millipenny a kWh in time-of-use register 1, 2 in register 2, to 48; of 101 to 132 in the blocks. */
export const countingPrices: Tariff['prices'] = {
  touMillipencePerKwh: Array.from({ length: 48 }, (_, i) => i + 1),
  blockMillipencePerKwh: Array.from({ length: 32 }, (_, i) => i + 101),
}

/** A meter that is driven through time. */
export class Bench {
  state: MeteringState
  config: MeteringConfig
  now: UtcSeconds
  readonly events: MeteringEvent[] = []

  constructor(
    variant: EsmeVariant,
    start: string,
    options: { config?: Partial<MeteringConfig>; tariff?: Partial<Tariff> } = {},
  ) {
    this.now = fromIso(start)
    this.config = { ...defaultMeteringConfig(variant), ...options.config }
    this.state = activateTariff(initialMeteringState(variant), options.tariff ?? {})
  }

  /** Holds conditions for so many seconds, in steps of so many; returns the events of it. */
  hold(conditions: Conditions, seconds: number, step = seconds): MeteringEvent[] {
    const before = this.events.length
    const end = this.now + seconds
    do {
      const to = Math.min(end, this.now + step)
      const { state, events } = integrate(this.state, this.config, conditions, this.now, to)
      this.state = state
      this.events.push(...events)
      this.now = to
    } while (this.now < end)
    return this.events.slice(before)
  }

  ofKind<K extends MeteringEventKind>(kind: K): (MeteringEvent & { kind: K })[] {
    return ofKind(this.events, kind)
  }
}

export const ofKind = <K extends MeteringEventKind>(
  events: readonly MeteringEvent[],
  kind: K,
): (MeteringEvent & { kind: K })[] =>
  events.filter((event): event is MeteringEvent & { kind: K } => event.kind === kind)

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
export const DAY = 86_400
