import type { AlertName } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { resetAverageVoltageCounter } from './actions.js'
import { type Conditions, currentMilliamps, phaseOf, singlePhase } from './conditions.js'
import { defaultMeteringConfig, type MeteringConfig } from './config.js'
import { Bench, DAY } from './metering.fixture.js'
import { phasesOf } from './variant.js'

const start = '2026-01-01T00:00:01Z'
const normal = singlePhase({ volts: 240, watts: 500 })
const alertsOf = (bench: Bench): AlertName[] => bench.ofKind('powerQuality').map(({ alert }) => alert)
/** Only what the case is about. */
const noThreshold = { thresholdV: 0, periodS: 30 }
const quiet: Partial<MeteringConfig> = {
  rmsExtremeOverVoltage: noThreshold,
  rmsExtremeUnderVoltage: noThreshold,
  rmsVoltageSag: noThreshold,
  rmsVoltageSwell: noThreshold,
}

const cases = [
  [
    'rmsExtremeOverVoltage',
    287,
    287.001,
    'rmsVoltageAboveExtremeOverVoltageThreshold',
    'rmsVoltageBackBelowExtremeOverVoltageThreshold',
  ],
  [
    'rmsExtremeUnderVoltage',
    180,
    179.999,
    'rmsVoltageBelowExtremeUnderVoltageThreshold',
    'rmsVoltageBackAboveExtremeUnderVoltageThreshold',
  ],
  ['rmsVoltageSag', 216, 215, 'rmsVoltageBelowSagThreshold', 'rmsVoltageBackAboveSagThreshold'],
  ['rmsVoltageSwell', 253, 254, 'rmsVoltageAboveSwellThreshold', 'rmsVoltageBackBelowSwellThreshold'],
] as const

describe.each(cases)('%s', (item, thresholdV, beyondV, raised, ended) => {
  const bench = (periodS = 30): Bench =>
    new Bench('singleElement', start, { config: { ...quiet, [item]: { thresholdV, periodS } } })
  const beyond = singlePhase({ volts: beyondV })

  it('is raised when it lasts longer than the period, and ends when it is over for longer', () => {
    const b = bench()
    const t = b.now
    b.hold(beyond, 31)
    b.hold(normal, 31)
    expect(b.ofKind('powerQuality').map(({ alert, time }) => [alert, time - t])).toEqual([
      [raised, 30],
      [ended, 61],
    ])
    expect(b.ofKind('powerQuality')[0]?.value).toBe(Math.round(beyondV * 1000))
  })

  it('is not raised when it lasts no longer than the period, however often', () => {
    const b = bench()
    for (let i = 0; i < 10; i++) {
      b.hold(beyond, 30)
      b.hold(normal, 1)
    }
    expect(alertsOf(b)).toEqual([])
  })

  it('does not end while it comes back within the period', () => {
    const b = bench()
    b.hold(beyond, 31)
    b.hold(normal, 30)
    b.hold(beyond, 1)
    b.hold(normal, 30)
    expect(alertsOf(b)).toEqual([raised])
  })

  it('is raised at once without a period, and not at the threshold itself', () => {
    const b = bench(0)
    b.hold(singlePhase({ volts: thresholdV }), 60)
    expect(alertsOf(b)).toEqual([])
    const t = b.now
    b.hold(beyond, 0)
    expect(b.ofKind('powerQuality').map(({ alert, time }) => [alert, time])).toEqual([[raised, t]])
  })

  it('ends at the threshold itself', () => {
    const b = bench()
    b.hold(beyond, 31)
    b.hold(singlePhase({ volts: thresholdV }), 31)
    expect(alertsOf(b)).toEqual([raised, ended])
  })

  it('is not watched without a threshold', () => {
    const b = new Bench('singleElement', start, { config: quiet })
    b.hold(beyond, 600)
    expect(alertsOf(b)).toEqual([])
  })

  it.each([1, 2, 3] as const)('is named on phase %s of a polyphase meter', (phase) => {
    const b = new Bench('polyphase', start, { config: { ...quiet, [item]: { thresholdV, periodS: 30 } } })
    const phases = phasesOf('polyphase').map((p) => phaseOf({ volts: p === phase ? beyondV : 240 }))
    b.hold({ phases, supplyEnabled: true }, 40)
    expect(alertsOf(b)).toEqual([`${raised}OnPhase${phase}`])
    expect(b.ofKind('powerQuality')[0]?.phase).toBe(phase)
  })

  it('starts its period again after an outage', () => {
    const b = bench()
    b.hold(beyond, 20)
    b.hold(singlePhase({ volts: 0 }), 60)
    b.hold(beyond, 30)
    expect(alertsOf(b)).toEqual([])
    b.hold(beyond, 1)
    expect(alertsOf(b)).toEqual([raised])
    b.hold(singlePhase({ volts: 0 }), 60)
    b.hold(normal, 30)
    expect(alertsOf(b)).toEqual([raised])
    b.hold(normal, 1)
    expect(alertsOf(b)).toEqual([raised, ended])
  })
})

describe('average RMS voltage', () => {
  const averaged = (over: number, under: number, periodS = 1800) => ({
    ...quiet,
    averageRmsVoltage: [
      {
        averageRmsVoltageMeasurementPeriodS: periodS,
        averageRmsOverVoltageThresholdV: over,
        averageRmsUnderVoltageThresholdV: under,
      },
    ],
  })
  const at = (volts: number): Conditions => singlePhase({ volts })

  it('goes to the profile at the end of each period', () => {
    const b = new Bench('singleElement', '2026-01-01', { config: averaged(0, 0) })
    b.hold(at(230), 600)
    b.hold(at(245), 1200)
    b.hold(at(250), 1800)
    expect(b.ofKind('averageRmsVoltage').map(({ time, averageV }) => [time % DAY, averageV])).toEqual([
      [1800, 240],
      [3600, 250],
    ])
  })

  it('follows the period that is set, and is not measured without one', () => {
    const b = new Bench('singleElement', '2026-01-01', { config: averaged(0, 0, 30) })
    b.hold(at(230), 300)
    expect(b.ofKind('averageRmsVoltage').length).toBe(10)
    b.config = { ...b.config, averageRmsVoltage: averaged(0, 0, 0).averageRmsVoltage }
    b.hold(at(230), 3600)
    expect(b.ofKind('averageRmsVoltage').length).toBe(10)
  })

  it('counts each period above the threshold, and alerts when it begins and ends', () => {
    const b = new Bench('singleElement', '2026-01-01', { config: averaged(250, 220) })
    b.hold(at(251), 3 * 1800)
    b.hold(at(240), 2 * 1800)
    b.hold(at(219), 2 * 1800)
    b.hold(at(240), 1800)
    expect(b.ofKind('powerQuality').map(({ alert, time }) => [alert, (time % DAY) / 1800])).toEqual([
      ['averageRmsVoltageAboveOverVoltageThreshold', 1],
      ['averageRmsVoltageBelowOverVoltageThreshold', 4],
      ['averageRmsVoltageBelowUnderVoltageThreshold', 6],
      ['averageRmsVoltageAboveUnderVoltageThreshold', 8],
    ])
    const counters = () => b.state.phases[0]?.averageVoltage
    expect(counters()).toMatchObject({ averageRmsOverVoltageCounter: 3, averageRmsUnderVoltageCounter: 2 })
    b.state = resetAverageVoltageCounter(b.state, 1, 'averageRmsOverVoltageCounter')
    expect(counters()).toMatchObject({ averageRmsOverVoltageCounter: 0, averageRmsUnderVoltageCounter: 2 })
  })

  it('is compared before it is rounded, and is well at the thresholds', () => {
    const b = new Bench('singleElement', '2026-01-01', { config: averaged(250, 250) })
    b.hold(at(250), 1800)
    expect(alertsOf(b)).toEqual([])
    b.hold(at(250), 1799)
    b.hold(at(250.1), 1)
    expect(b.ofKind('averageRmsVoltage')[1]?.averageV).toBe(250)
    expect(alertsOf(b)).toEqual(['averageRmsVoltageAboveOverVoltageThreshold'])
  })

  it('leaves out what there was no voltage for', () => {
    const b = new Bench('singleElement', '2026-01-01', { config: averaged(0, 220) })
    b.hold(at(0), 1000)
    b.hold(at(240), 800)
    b.hold(at(0), 1800)
    expect(b.ofKind('averageRmsVoltage').map(({ averageV }) => averageV)).toEqual([240])
    expect(alertsOf(b)).toEqual([])
  })
})

describe('current, power factor and wiring', () => {
  it('raise over current, once for each time', () => {
    const b = new Bench('singleElement', start, {
      config: { overCurrent: { thresholdMilliamps: 100_000, periodS: 5 } },
    })
    const load = singlePhase({ volts: 230, watts: 23_001 })
    expect(currentMilliamps(load.phases[0] ?? phaseOf())).toBe(100_004)
    b.hold(load, 5)
    expect(alertsOf(b)).toEqual([])
    b.hold(load, 60)
    b.hold(normal, 60)
    expect(alertsOf(b)).toEqual(['overCurrent'])
    b.hold({ ...load, supplyEnabled: false }, 60)
    expect(alertsOf(b)).toEqual(['overCurrent'])
    b.hold(load, 6)
    expect(alertsOf(b)).toEqual(['overCurrent', 'overCurrent'])
  })

  it.each([
    [1, 'overCurrentL1'],
    [2, 'overCurrentL2'],
    [3, 'overCurrentL3'],
  ] as const)('name over current on phase %s', (phase, alert) => {
    const b = new Bench('polyphase', start)
    const phases = phasesOf('polyphase').map((p) => phaseOf({ volts: 240, watts: p === phase ? 30_000 : 0 }))
    b.hold({ phases, supplyEnabled: true }, 60)
    expect(alertsOf(b)).toEqual([alert])
  })

  it('raise reverse current, unless generation is expected', () => {
    const exporting = singlePhase({ watts: -1000 })
    const b = new Bench('singleElement', start)
    b.hold(exporting, 60)
    expect(alertsOf(b)).toEqual(['reverseCurrent'])
    const generator = new Bench('singleElement', start, { config: { reverseCurrent: undefined } })
    generator.hold(exporting, 60)
    expect(alertsOf(generator)).toEqual([])
  })

  it('raise a low power factor and its return', () => {
    const b = new Bench('singleElement', start, { config: { powerFactor: { thresholdPercent: 85, periodS: 10 } } })
    b.hold(singlePhase({ watts: 1000, powerFactorPercent: 80 }), 11)
    b.hold(singlePhase({ watts: 1000, powerFactorPercent: 90 }), 10)
    expect(alertsOf(b)).toEqual(['powerFactorThresholdBelow'])
    b.hold(singlePhase({ watts: 0 }), 1)
    expect(alertsOf(b)).toEqual(['powerFactorThresholdBelow', 'powerFactorThresholdOk'])
    expect(b.ofKind('powerQuality')[0]?.value).toBe(80)
  })

  it('tell wrong wiring when it begins', () => {
    const b = new Bench('singleElement', start)
    b.hold({ ...normal, incorrectPhaseSequence: true }, 10)
    b.hold({ ...normal, incorrectPhaseSequence: true, incorrectPolarity: true }, 10)
    b.hold(normal, 10)
    b.hold({ ...normal, incorrectPolarity: true }, 10)
    expect(alertsOf(b)).toEqual(['incorrectPhaseSequencing', 'incorrectPolarity', 'incorrectPolarity'])
  })

  it('raise nothing on an ordinary day', () => {
    const b = new Bench('singleElement', '2026-01-01')
    b.hold(normal, DAY)
    expect(alertsOf(b)).toEqual([])
    expect(defaultMeteringConfig('polyphase').averageRmsVoltage.length).toBe(3)
  })
})
