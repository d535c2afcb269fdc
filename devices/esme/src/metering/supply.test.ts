import { describe, expect, it } from 'vitest'
import { phaseOf, singlePhase } from './conditions.js'
import { Bench } from './metering.fixture.js'

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
