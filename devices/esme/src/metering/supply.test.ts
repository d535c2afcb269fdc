import { describe, expect, it } from 'vitest'
import { resetLoadLimitCounter } from './actions.js'
import { phaseOf, singlePhase } from './conditions.js'
import { integrateToEvent } from './integrate.js'
import { Bench, ofKind } from './metering.fixture.js'

const start = '2026-01-01T00:00:01Z'
const live = singlePhase({ watts: 500 })
const out = singlePhase({ volts: 0, watts: 500 })

describe('an outage', () => {
  it.each([
    [1, 'supplyOutageRestored'],
    [179, 'supplyOutageRestored'],
    [180, 'supplyOutageRestoredOutageOf3MinutesOrMore'],
    [7200, 'supplyOutageRestoredOutageOf3MinutesOrMore'],
  ] as const)('of %s s ends with %s', (seconds, alert) => {
    const b = new Bench('singleElement', start)
    b.hold(live, 60)
    const interruptedAt = b.now
    b.hold(out, seconds)
    const restoredAt = b.now
    b.hold(live, 60)
    expect(b.ofKind('supplyInterrupted')).toEqual([
      { kind: 'supplyInterrupted', time: interruptedAt, phase: 1, alert: 'supplyInterrupted' },
    ])
    expect(b.ofKind('supplyRestored')).toEqual([
      { kind: 'supplyRestored', time: restoredAt, phase: 1, interruptedAt, alert },
    ])
  })

  it('tells that it has lasted three minutes, once', () => {
    const b = new Bench('singleElement', start)
    b.hold(out, 1000)
    expect(b.ofKind('supplyOutageOf3Minutes')).toEqual([
      { kind: 'supplyOutageOf3Minutes', time: b.now - 1000 + 180, phase: 1, interruptedAt: b.now - 1000 },
    ])
  })

  it.each([1, 2, 3] as const)('of phase %s of a polyphase meter is told of that phase', (phase) => {
    const b = new Bench('polyphase', start)
    const phases = ([1, 2, 3] as const).map((p) => phaseOf({ volts: p === phase ? 0 : 240, watts: 100 }))
    const allLive = { phases: phases.map(() => phaseOf()), supplyEnabled: true }
    b.hold({ phases, supplyEnabled: true }, 100)
    b.hold(allLive, 10)
    b.hold({ phases, supplyEnabled: true }, 200)
    b.hold(allLive, 10)
    expect(b.ofKind('supplyInterrupted').map(({ alert }) => alert)).toEqual([
      `supplyInterruptedOnPhase${phase}`,
      `supplyInterruptedOnPhase${phase}`,
    ])
    expect(b.ofKind('supplyRestored').map(({ alert }) => alert)).toEqual([
      `supplyOutageRestoredOnPhase${phase}`,
      `supplyOutageRestoredOnPhase${phase}OutageOf3MinutesOrMore`,
    ])
  })
})

describe('the load limit', () => {
  const config = {
    loadLimit: { loadLimitPowerThresholdW: 6900, loadLimitPeriodS: 300, loadLimitRestorationPeriodS: 30 },
  }
  const heavy = singlePhase({ watts: 6901 })

  it('is exceeded after its period and restored after that of restoration', () => {
    const b = new Bench('singleElement', start, { config })
    const t = b.now
    b.hold(heavy, 301)
    b.hold({ ...heavy, supplyEnabled: false }, 31)
    expect(b.ofKind('loadLimitExceeded')).toEqual([
      {
        kind: 'loadLimitExceeded',
        time: t + 300,
        alert: 'activePowerImportAboveLoadLimitThreshold',
        activePowerImportW: 6901,
      },
    ])
    expect(b.ofKind('loadLimitRestored').map(({ time }) => time - t)).toEqual([331])
    expect(b.state.supply.loadLimitCounter).toBe(1)
    expect(resetLoadLimitCounter(b.state).supply.loadLimitCounter).toBe(0)
  })

  it('is not exceeded by less power, by less time, or when there is none', () => {
    const b = new Bench('singleElement', start, { config })
    b.hold(singlePhase({ watts: 6900 }), 3600)
    for (let i = 0; i < 20; i++) {
      b.hold(heavy, 300)
      b.hold(live, 1)
    }
    b.config = { ...b.config, loadLimit: { ...config.loadLimit, loadLimitPowerThresholdW: 0 } }
    b.hold(heavy, 3600)
    expect(b.ofKind('loadLimitExceeded')).toEqual([])
  })

  it('lets the supply be switched off in the second in which it is exceeded', () => {
    const b = new Bench('singleElement', start, { config })
    let [now, conditions] = [b.now, heavy]
    for (;;) {
      const { state, events, at } = integrateToEvent(b.state, b.config, conditions, now, b.now + 1800)
      b.state = state
      if (at === b.now + 1800) break
      now = at
      if (ofKind(events, 'loadLimitExceeded').length > 0) conditions = { ...heavy, supplyEnabled: false }
    }
    expect(b.state.energy.activeImportWh).toBe(Math.floor((6901 * 300) / 3600))
  })
})

describe('the power level', () => {
  it('follows the power of both elements', () => {
    const config = { lowMediumPowerThresholdW: 2300, mediumHighPowerThresholdW: 4600 }
    const b = new Bench('twinElement', start, { config })
    for (const [watts, secondaryW] of [
      [2299, 0],
      [1300, 1000],
      [2300, 2299],
      [4600, 0],
      [0, 0],
    ] as const)
      b.hold({ ...singlePhase({ watts }), secondaryW }, 10)
    expect(b.ofKind('powerLevelChanged').map(({ level }) => level)).toEqual(['medium', 'high', 'low'])
  })

  it('is low without thresholds', () => {
    const b = new Bench('singleElement', start)
    b.hold(singlePhase({ watts: 20_000 }), 10)
    expect(b.ofKind('powerLevelChanged')).toEqual([])
  })
})
