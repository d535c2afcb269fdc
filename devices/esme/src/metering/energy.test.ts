import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Conditions, type Flow, flowOf, phaseOf, singlePhase } from './conditions.js'
import { defaultMeteringConfig } from './config.js'
import { addEnergy, noEnergy } from './energy.js'
import { integrateCurve } from './integrate.js'
import { Bench, DAY, ofKind, sum } from './metering.fixture.js'
import { initialMeteringState } from './state.js'

describe('energy registers', () => {
  it('advance by 2,400 Wh in 24 hours of 100 W', () => {
    const bench = new Bench('singleElement', '2026-01-01')
    bench.hold(singlePhase({ watts: 100 }), DAY)
    expect(bench.state.energy.activeImportWh).toBe(2400)
    expect(bench.state.remainders.activeImportWh).toBe(0)
  })

  it('advance as much when they are read every second', () => {
    const bench = new Bench('singleElement', '2026-01-01')
    bench.hold(singlePhase({ watts: 100 }), DAY, 1)
    expect(bench.state.energy.activeImportWh).toBe(2400)
  })

  it('drift by nothing in a year of readings every second, of loads that never make a whole unit in it', () => {
    const seconds = 365 * DAY
    const [registers, remainders] = [{ ...noEnergy }, { ...noEnergy }]
    const flows = [singlePhase({ watts: 37 }), singlePhase({ watts: 38 })].map((load) => flowOf('singleElement', load))
    for (let second = 0; second < seconds; second++) addEnergy(registers, remainders, flows[second & 1] as Flow, 1)
    expect(registers.activeImportWh * 3600 + remainders.activeImportWh).toBe((37 + 38) * (seconds / 2))
  })

  it('are the same after a day of readings every second of a changing load as their sum', () => {
    const loads = [singlePhase({ watts: 37 }), singlePhase({ watts: 38 })] as const
    const curve = Array.from({ length: DAY }, (_, i) => ({ until: i + 1, conditions: loads[i & 1] as Conditions }))
    const config = defaultMeteringConfig('singleElement')
    const { energy, remainders } = integrateCurve(initialMeteringState('singleElement'), config, 0, curve).state
    expect(energy.activeImportWh * 3600 + remainders.activeImportWh).toBe((37 + 38) * (DAY / 2))
  })

  it('take what is sent back and what is reactive in registers of their own', () => {
    const bench = new Bench('singleElement', '2026-01-01')
    bench.hold(
      { phases: [{ voltageMillivolts: 240_000, activeW: -1000, reactiveVar: 360 }], supplyEnabled: true },
      3600,
    )
    bench.hold({ phases: [{ voltageMillivolts: 240_000, activeW: 500, reactiveVar: -720 }], supplyEnabled: true }, 3600)
    expect(bench.state.energy).toEqual({
      activeImportWh: 500,
      secondaryActiveImportWh: 0,
      activeExportWh: 1000,
      reactiveImportVarh: 360,
      reactiveExportVarh: 720,
    })
  })

  it('net the phases of a polyphase meter, and leave out a phase without voltage', () => {
    const bench = new Bench('polyphase', '2026-01-01')
    const phases = [phaseOf({ watts: 3000 }), phaseOf({ watts: -1000 }), phaseOf({ volts: 0, watts: 5000 })]
    bench.hold({ phases, supplyEnabled: true }, 3600)
    expect(bench.state.energy).toMatchObject({ activeImportWh: 2000, activeExportWh: 0 })
  })

  it('count the secondary element apart', () => {
    const bench = new Bench('twinElement', '2026-01-01')
    bench.hold({ ...singlePhase({ watts: 1000 }), secondaryW: 2000 }, 1800)
    expect(bench.state.energy).toMatchObject({ activeImportWh: 500, secondaryActiveImportWh: 1000 })
  })

  it('stand still while the supply is off or out', () => {
    const bench = new Bench('singleElement', '2026-01-01')
    bench.hold({ ...singlePhase({ watts: 1000 }), supplyEnabled: false }, 3600)
    bench.hold(singlePhase({ volts: 0, watts: 1000 }), 3600)
    expect(bench.state.energy.activeImportWh).toBe(0)
  })

  it('refuse what the meter cannot measure', () => {
    const bench = new Bench('singleElement', '2026-01-01')
    const misuse = expect.objectContaining({ code: 'misuse' })
    const load = singlePhase()
    expect(() => bench.hold({ ...load, phases: [] }, 1)).toThrowError(misuse)
    expect(() => bench.hold({ ...load, secondaryW: 1 }, 1)).toThrowError(misuse)
    expect(() =>
      bench.hold({ ...load, phases: [{ voltageMillivolts: -1, activeW: 0, reactiveVar: 0 }] }, 1),
    ).toThrowError(misuse)
    expect(() =>
      bench.hold({ ...load, phases: [{ voltageMillivolts: 1, activeW: 0.5, reactiveVar: 0 }] }, 1),
    ).toThrowError(misuse)
    expect(() => bench.hold(load, -1)).toThrowError(misuse)
    expect(() => phaseOf({ powerFactorPercent: 0 })).toThrowError(misuse)
  })
})

describe('half hours', () => {
  it('end at minute 0 and 30 and add up to the register', () => {
    const bench = new Bench('twinElement', '2026-01-01T00:10:00Z')
    const load = { ...singlePhase({ watts: 777, powerFactorPercent: 80 }), secondaryW: 333 }
    bench.hold(load, 3 * 3600)
    const halves = ofKind(bench.events, 'halfHourEnded')
    expect(halves.map(({ time }) => time % 1800)).toEqual([0, 0, 0, 0, 0, 0])
    bench.hold(load, 20 * 60) // to the end of a half hour
    const all = bench.ofKind('halfHourEnded')
    expect(sum(all.map((half) => half.activeImportWh))).toBe(bench.state.energy.activeImportWh)
    expect(sum(all.map((half) => half.secondaryActiveImportWh))).toBe(bench.state.energy.secondaryActiveImportWh)
    expect(sum(all.map((half) => half.reactiveImportVarh))).toBe(bench.state.energy.reactiveImportVarh)
  })
})

describe('the power factor of a load', () => {
  it('gives its reactive power', () => {
    expect(phaseOf({ watts: 800, powerFactorPercent: 80 }).reactiveVar).toBe(600)
    expect(phaseOf({ watts: 800, powerFactorPercent: -80 }).reactiveVar).toBe(-600)
    expect(phaseOf({ watts: 800 }).reactiveVar).toBe(0)
  })

  it('loses no energy whatever the loads and their lengths', () => {
    const stretch = fc.record({
      watts: fc.integer({ min: -20_000, max: 20_000 }),
      seconds: fc.integer({ min: 0, max: 7200 }),
    })
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
        const bench = new Bench('singleElement', '2026-01-01')
        let [imported, exported] = [0, 0]
        for (const { watts, seconds } of stretches) {
          bench.hold(singlePhase({ watts }), seconds)
          if (watts > 0) imported += watts * seconds
          else exported -= watts * seconds
        }
        const { energy, remainders } = bench.state
        expect(energy.activeImportWh * 3600 + remainders.activeImportWh).toBe(imported)
        expect(energy.activeExportWh * 3600 + remainders.activeExportWh).toBe(exported)
      }),
      { numRuns: 60 },
    )
  })
})
