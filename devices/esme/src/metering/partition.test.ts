import { fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activateTariff, scheduleTariff } from './actions.js'
import type { Conditions } from './conditions.js'
import { defaultMeteringConfig, type MeteringConfig } from './config.js'
import { integrate, integrateCurve, integrateToEvent, nextBoundary, type Stretch } from './integrate.js'
import { countingPrices, daily, executions } from './metering.fixture.js'
import { initialMeteringState, type MeteringState } from './state.js'
import { type EsmeVariant, phasesOf } from './variant.js'

const variants: readonly EsmeVariant[] = ['singleElement', 'twinElement', 'polyphase']
const periodS = fc.constantFrom(0, 1, 30, 600)

const configOf = (variant: EsmeVariant): fc.Arbitrary<MeteringConfig> =>
  fc.record({ periodS, averageS: fc.constantFrom(0, 7, 600, 1800), otherPeriodS: periodS }).map((c) => ({
    ...defaultMeteringConfig(variant),
    billingCalendar: executions(['0d112500', 'ffffffffff']),
    tariffBlockCounterReset: executions(['00000000', 'ffffffffff']),
    maximumDemandConfigurableTimePeriod: { startS: 20 * 3600, endS: 3 * 3600 },
    lowMediumPowerThresholdW: 1000,
    mediumHighPowerThresholdW: 4000,
    rmsVoltageSag: { thresholdV: 216, periodS: c.periodS },
    rmsVoltageSwell: { thresholdV: 253, periodS: c.otherPeriodS },
    averageRmsVoltage: phasesOf(variant).map(() => ({
      averageRmsVoltageMeasurementPeriodS: c.averageS,
      averageRmsOverVoltageThresholdV: 250,
      averageRmsUnderVoltageThresholdV: 220,
    })),
    overCurrent: { thresholdMilliamps: 40_000, periodS: c.periodS },
    powerFactor: { thresholdPercent: 85, periodS: c.periodS },
  }))

const conditionsOf = (variant: EsmeVariant): fc.Arbitrary<Conditions> => {
  const phase = fc.record({
    voltageMillivolts: fc.constantFrom(0, 170_000, 210_000, 240_000, 254_001, 290_000),
    activeW: fc.integer({ min: -5000, max: 15_000 }),
    reactiveVar: fc.integer({ min: -5000, max: 5000 }),
  })
  const count = phasesOf(variant).length
  return fc.record({
    phases: fc.array(phase, { minLength: count, maxLength: count }),
    supplyEnabled: fc.boolean(),
    secondaryW: variant === 'twinElement' ? fc.nat(3000) : fc.constant(0),
    incorrectPolarity: fc.boolean(),
  })
}

const scenario = fc.constantFrom(...variants).chain((variant) =>
  fc.record({
    variant: fc.constant(variant),
    config: configOf(variant),
    // a day and a half around a midnight, in stretches of every length
    stretches: fc.array(
      fc.record({
        seconds: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 30_000 })),
        conditions: conditionsOf(variant),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    threshold: fc.integer({ min: 0, max: 3000 }),
    activation: fc.nat(40_000),
    cuts: fc.array(fc.nat(100_000), { maxLength: 25 }),
  }),
)

const start = fromIso('2026-12-31T10:00:13Z')
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never

function initial({ variant, threshold, activation }: Scenario): MeteringState {
  const limits = [threshold, 2 * threshold, 5 * threshold] as const
  const state = activateTariff(initialMeteringState(variant), {
    tariffSwitchingTable: daily(['000000', 3], ['103000', 101], ['170500', 102], ['233001', 9]),
    secondaryTariffSwitchingTable: daily(['110000', 202], ['230000', 204]),
    tariffThresholdMatrixWh: Array.from({ length: 8 }, () => limits),
    prices: countingPrices,
    secondaryTariffTouPriceMatrixMillipencePerKwh: [7, 8, 9, -10],
  })
  return scheduleTariff(
    state,
    { tariffSwitchingTable: daily(['000000', 101]), standingChargeMillipencePerDay: 1 },
    start + activation,
  )
}

/** The stretches one after the other, cut at these offsets from the start. */
function curveOf({ stretches }: Scenario, cuts: readonly number[]): Stretch[] {
  const curve: Stretch[] = []
  let from = start
  for (const { seconds, conditions } of stretches) {
    const until = from + seconds
    for (const cut of [...cuts].sort((a, b) => a - b))
      if (start + cut > from && start + cut < until) curve.push({ until: start + cut, conditions })
    curve.push({ until, conditions })
    from = until
  }
  return curve
}

describe('any partition of an interval', () => {
  it('gives the same state and the same events', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const whole = integrateCurve(initial(s), s.config, start, curveOf(s, []))
        let [state, now] = [initial(s), start]
        const events = []
        for (const { until, conditions } of curveOf(s, s.cuts)) {
          const part = integrate(state, s.config, conditions, now, until)
          events.push(...part.events)
          ;[state, now] = [part.state, until]
        }
        expect(state).toEqual(whole.state)
        expect(events).toEqual(whole.events)
      }),
      { numRuns: 150 },
    )
  })

  it('is in order of time, and a jump from event to event sees them all at their second', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const whole = integrateCurve(initial(s), s.config, start, curveOf(s, []))
        let [state, now] = [initial(s), start]
        const events = []
        for (const { until, conditions } of curveOf(s, []))
          for (let more = true; more; ) {
            const part = integrateToEvent(state, s.config, conditions, now, until)
            expect(part.events.every(({ time }) => time === part.at)).toBe(true)
            // what begins at the end of a stretch belongs to the next one
            more = part.at < until
            events.push(...part.events)
            ;[state, now] = [part.state, part.at]
          }
        expect(events).toEqual(whole.events)
        expect(state).toEqual(whole.state)
        expect(whole.events.every(({ time }, i) => i === 0 || time >= (whole.events[i - 1]?.time ?? 0))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('has no event between now and the next boundary', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        let [state, now] = [initial(s), start]
        for (const { until, conditions } of curveOf(s, [])) {
          const noted = integrate(state, s.config, conditions, now, now)
          state = noted.state
          const boundary = nextBoundary(state, s.config, conditions, now)
          expect(boundary).toBeGreaterThan(now)
          expect(noted.boundary).toBe(boundary)
          const { events } = integrate(state, s.config, conditions, now, Math.max(now, Math.min(until, boundary - 1)))
          expect(events).toEqual([])
          // metering on the way to a boundary knows it, and is not sure of the next one until that has passed
          for (const to of [Math.floor((now + boundary) / 2), boundary].filter((at) => at > now && at < until)) {
            const part = integrate(state, s.config, conditions, now, to)
            expect(part.boundary).toBe(to < boundary ? nextBoundary(part.state, s.config, conditions, to) : undefined)
          }
          ;({ state } = integrate(state, s.config, conditions, now, until))
          now = until
        }
      }),
      { numRuns: 100 },
    )
  })

  it('leaves the state that it was given as it was', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const before = initial(s)
        const copy = structuredClone(before)
        integrateCurve(before, s.config, start, curveOf(s, []))
        expect(before).toEqual(copy)
      }),
      { numRuns: 30 },
    )
  })
})
