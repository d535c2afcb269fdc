import { fromIso } from '@smets2-sim/cosem'
import { readAttribute } from '@smets2-sim/firmware'
import {
  averageRmsOverVoltageCounterPhase1,
  averageRmsOverVoltageCounterPhase3,
  averageRmsUnderVoltageCounterPhase1,
  type CommandRequest,
  ECS05,
  ECS17e,
  ECS18a,
  ECS21c,
  ECS23,
  ECS25a2,
  ECS25b,
  ECS25r1,
  ECS25r2,
  ECS26b,
  ECS26d,
  ECS26e,
  ECS26f,
  ECS26k,
  ECS26l,
  ECS26m,
  ECS29a,
  ECS29b,
  ECS29c,
  ECS29d,
  ECS29e,
  ECS29f,
  ECS30a,
  ECS34,
  ECS35f,
  ECS35g,
  ECS39a,
  ECS39b,
  ECS40,
  ECS46a,
  ECS48,
  ECS61a,
  ECS61d,
  isBehaviourOn,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { at, executionTimes, tariff } from '../testing/settings.fixture.js'
import { deviceId, MeterBench, type PartyName } from '../testing/meter-bench.fixture.js'

const to = deviceId
const ever = { from: 0, to: 0x7fff_ffff }
const bits = (on: '0' | '1'): string => on.repeat(256)
const operator = { from: 'networkOperator' } as const
const broker = { from: 'accessControlBroker' } as const

/** Sends it in the name of a party that may not: it is discarded. */
const refused = (bench: MeterBench, request: CommandRequest, from: PartyName): void =>
  expect(bench.send(request, { from }).outcome).toMatchObject({ kind: 'discarded', reason: 'notAuthorised' })

const excursions = {
  extremeOverVoltageThresholdNormal: 260,
  extremeOverVoltageMinOverThresholdDurationS: 10,
  extremeUnderVoltageThresholdNormal: 200,
  extremeUnderVoltageMinOverThresholdDurationS: 11,
  voltageSagThresholdNormal: 207,
  voltageSagMinOverThresholdDurationS: 12,
  voltageSwellThresholdNormal: 253,
  voltageSwellMinOverThresholdDurationS: 13,
}
const onePhase = {
  ...excursions,
  averageRmsVoltageProfileLogPhase1: 600,
  averageRmsOverVoltageThresholdPhase1: 250,
  averageRmsUnderVoltageThresholdPhase1: 230,
}
const threePhases = {
  ...onePhase,
  averageRmsVoltageProfileLogPhase2: 600,
  averageRmsVoltageProfileLogPhase3: 600,
  averageRmsUnderVoltageThresholdPhase2: 230,
  averageRmsOverVoltageThresholdPhase2: 250,
  averageRmsUnderVoltageThresholdPhase3: 230,
  averageRmsOverVoltageThresholdPhase3: 250,
}
/** The constant argument of every reset. */
const reset = true as const
const resetsOfOne = { averageRmsUnderVoltageCounterPhase1: reset, averageRmsOverVoltageCounterPhase1: reset } as const
const resetsOfThree = {
  ...resetsOfOne,
  ...{ averageRmsUnderVoltageCounterPhase2: reset, averageRmsOverVoltageCounterPhase2: reset },
  ...{ averageRmsUnderVoltageCounterPhase3: reset, averageRmsOverVoltageCounterPhase3: reset },
} as const

describe('voltage settings of the network operator', () => {
  const counter = (bench: MeterBench, object: typeof averageRmsOverVoltageCounterPhase1): unknown =>
    readAttribute(bench.meter, object.value as never)
  /** Two hours above the average, as the settings divide them. */
  const overVoltage = (bench: MeterBench): void => {
    bench.meter.supplyVoltage(252)
    bench.pass(2 * 3600)
  }
  const rows = [
    ['ECS29a', 'singleElement', ECS29a.command({ to, ...onePhase, ...resetsOfOne }), true],
    ['ECS29b', 'polyphase', ECS29b.command({ to, ...threePhases, ...resetsOfThree }), true],
    ['ECS29c', 'singleElement', ECS29c.command({ to, ...onePhase }), false],
    ['ECS29d', 'polyphase', ECS29d.command({ to, ...threePhases }), false],
  ] as const
  it.each(rows)('%s take effect: averages of ten minutes are held against them', (_, variant, request, resets) => {
    const bench = new MeterBench({ variant })
    bench.ask(request, operator)
    overVoltage(bench)
    const before = Number(counter(bench, averageRmsOverVoltageCounterPhase1))
    expect(before).toBe(12)
    expect(bench.heard()).toContain(
      variant === 'polyphase'
        ? 'averageRmsVoltageAboveOverVoltageThresholdOnPhase1'
        : 'averageRmsVoltageAboveOverVoltageThreshold',
    )
    // the command again: with or without a reset of the counters
    refused(bench, request, 'supplier')
    expect(counter(bench, averageRmsOverVoltageCounterPhase1)).toBe(before)
    bench.ask(request, operator)
    expect(counter(bench, averageRmsOverVoltageCounterPhase1)).toBe(resets ? 0 : before)
    const read = bench.ask(variant === 'polyphase' ? ECS26k.command({ to }) : ECS26b.command({ to }), operator)
    expect(read).toMatchObject(excursions)
  })
  it.each([
    ['ECS29e', 'singleElement', ECS29e.command({ to, ...resetsOfOne })],
    ['ECS29f', 'polyphase', ECS29f.command({ to, ...resetsOfThree })],
  ] as const)('%s resets the counters, and nothing else', (_, variant, request) => {
    const bench = new MeterBench({ variant })
    bench.ask(variant === 'polyphase' ? rows[3][2] : rows[2][2], operator)
    overVoltage(bench)
    const counters = [averageRmsOverVoltageCounterPhase1, averageRmsUnderVoltageCounterPhase1].concat(
      variant === 'polyphase' ? [averageRmsOverVoltageCounterPhase3 as never] : [],
    )
    const values = () => counters.map((object) => counter(bench, object as never))
    expect(values()[0]).toBe(12)
    refused(bench, request, 'supplier')
    expect(values()[0]).toBe(12)
    bench.ask(request, operator)
    expect(values()).toEqual(counters.map(() => 0))
    const log = bench.ask(ECS23.command({ to, averageRmsVoltageProfileLogPhase1: ever }), operator)
    expect(log.averageRmsVoltageProfileLogPhase1).toHaveLength(12)
  })
})

describe('identities', () => {
  it('ECS39a and ECS39b set the MPANs that ECS40 reads', () => {
    const bench = new MeterBench()
    const [imported, exported] = ['1234567890123', '9876543210987']
    bench.ask(ECS39a.command({ to, mpan: imported }))
    bench.ask(ECS39b.command({ to, exportMpan: exported }), broker)
    refused(bench, ECS39a.command({ to, mpan: exported }), 'networkOperator')
    refused(bench, ECS39b.command({ to, exportMpan: imported }), 'supplier')
    expect(bench.ask(ECS40.command({ to }))).toMatchObject({ mpan: imported, exportMpan: exported })
  })
  it('ECS26e reads what its successor ECS26m reads', () => {
    const bench = new MeterBench()
    const { deviceIdentifier, ...others } = bench.ask(ECS26e.command({ to }))
    expect(deviceIdentifier).toEqual(Uint8Array.from([0x00, 0xdb, 0x12, 0x34, 0x56, 0x78, 0x90, 0xa0]))
    expect(bench.ask(ECS26m.command({ to }))).toMatchObject(others)
    refused(bench, ECS26e.command({ to }), 'loadController')
  })
  it('ECS46a names auxiliary controllers, as ECS61d and ECS61a read them', () => {
    const bench = new MeterBench()
    const names = ['heat pump', 'water heater', 'car', 'battery', 'pool']
    const described = Object.fromEntries(names.map((name, i) => [`auxiliaryController${i + 1}Description`, name]))
    bench.ask(ECS46a.command({ to, ...described } as Parameters<typeof ECS46a.command>[0]))
    refused(bench, ECS46a.command({ to, ...described } as never), 'loadController')
    expect(bench.ask(ECS61d.command({ to }), { from: 'loadController' })).toMatchObject(described)
    expect(bench.ask(ECS61a.command({ to }))).toMatchObject(described)
    refused(bench, ECS61d.command({ to }), 'transitionalCoS')
  })
})

describe('settings of alerts and light', () => {
  it('ECS25a2 sets the audible alarm under its mask, as ECS25r1 reads it', () => {
    const bench = new MeterBench()
    const settings = () => bench.ask(ECS25r1.command({ to })).supplierAudibleAlarmSettings
    bench.ask(ECS25a2.command({ to, supplierAudibleAlarmBehaviour: bits('1') + bits('0') }))
    expect(settings()).toBe(bits('0'))
    // a mask of the last bit alone
    const last = bits('0').slice(1) + '1'
    bench.ask(ECS25a2.command({ to, supplierAudibleAlarmBehaviour: last + bits('1') }))
    expect(settings()).toBe(last)
    refused(bench, ECS25a2.command({ to, supplierAudibleAlarmBehaviour: bits('1') + bits('1') }), 'networkOperator')
    expect(settings()).toBe(last)
    expect(isBehaviourOn(settings(), 0x8100)).toBe(true)
  })
  it('ECS25r2 reads the settings of the network operator, for it alone', () => {
    const bench = new MeterBench()
    bench.ask(ECS25b.command({ to, networkOperatorWanAlertBehaviour: bits('1') + bits('0') }), operator)
    const read = bench.ask(ECS25r2.command({ to }), operator)
    expect(read.networkOperatorWanAlertSettings).toBe(bits('0'))
    expect(read.networkOperatorLoggingSettings).not.toBe(bits('0'))
    refused(bench, ECS25r2.command({ to }), 'supplier')
  })
  it('ECS34 sets the thresholds of power by which a display lights up, as ECS26f reads them', () => {
    const bench = new MeterBench()
    const set = (low: number, high: number) => ECS34.command({ to, powerThresholds: [low, high] })
    bench.ask(set(500, 2000))
    expect(bench.ask(ECS26f.command({ to })).powerThresholds).toEqual([500, 2000])
    const levels = [400, 1000, 3000].map((watts) => {
      bench.meter.load({ watts })
      bench.pass(60)
      return bench.meter.powerLevel
    })
    expect(levels).toEqual(['low', 'medium', 'high'])
    refused(bench, set(5000, 6000), 'networkOperator')
    expect(bench.meter.powerLevel).toBe('high')
    refused(bench, ECS26f.command({ to }), 'networkOperator')
  })
})

describe('calendars and records', () => {
  it('ECS30a makes billing data at its times, as ECS26d and ECS26l read them', () => {
    const bench = new MeterBench({}, { start: '2026-01-01T12:00:00Z' })
    const everyDay = executionTimes(['00000000', 'ffffffffff'])
    bench.ask(ECS30a.command({ to, billingCalendar: everyDay }))
    refused(bench, ECS30a.command({ to, billingCalendar: [] }), 'networkOperator')
    for (const request of [ECS26d.command({ to }), ECS26l.command({ to })])
      expect(bench.ask(request).billingCalendar).toEqual(everyDay)
    refused(bench, ECS26d.command({ to }), 'networkOperator')
    refused(bench, ECS26l.command({ to }), 'loadController')
    bench.passUntil('2026-01-03T12:00:00Z')
    expect(bench.heard().filter((name) => name === 'billingDataLogUpdated')).toHaveLength(2)
  })
  it('ECS48 has the counters of blocks begin anew at its times', () => {
    const bench = new MeterBench({}, { start: '2026-01-01T12:00:00Z' })
    bench.ask(
      tariff({
        switchings: [['0000', 101]],
        blockPrices: [1_000, ...Array<number>(7).fill(0), 2_000],
        thresholds: [1_000],
      }),
    )
    bench.ask(ECS48.command({ to, tariffBlockCounterReset: executionTimes(['0e000000', 'ffffffffff']) }))
    refused(bench, ECS48.command({ to, tariffBlockCounterReset: [] }), 'networkOperator')
    bench.meter.load({ watts: 600 })
    const blocks = () => {
      const { primaryWh } = bench.ask(ECS17e.command({ to })).blockRegisters
      return [primaryWh[0], primaryWh[8], primaryWh[16], primaryWh[24]]
    }
    bench.passUntil('2026-01-01T14:00:00Z')
    bench.passUntil('2026-01-01T15:00:00Z')
    // two hours before, one hour since: registers go on, counters of blocks do not
    expect(blocks()).toEqual([1600, 600, 200, 0])
    bench.ask(ECS05.command({ to }))
    expect(blocks().filter((_, i) => i % 2 === 1)).toEqual([0, 0])
  })
  it('ECS18a and ECS21c tell whom it concerns of export', () => {
    const bench = new MeterBench({ activeExportWh: 5_000 }, { start: '2026-01-01T12:00:00Z' })
    bench.meter.load({ watts: -3000 })
    bench.pass(1800)
    bench.meter.load({ watts: -1000 })
    bench.passUntil('2026-01-02T12:00:00Z')
    const demand = bench.ask(ECS18a.command({ to }), operator)
    expect(demand).toMatchObject({
      maximumDemandExportValue: 3000,
      maximumDemandExportCaptureTime: at('2026-01-01T12:30:00Z'),
    })
    refused(bench, ECS18a.command({ to }), 'loadController')
    const { exportDailyReadLog } = bench.ask(ECS21c.command({ to, exportDailyReadLog: ever }), broker)
    expect(exportDailyReadLog).toMatchObject([{ time: fromIso('2026-01-02T00:00:00Z'), value: 5_000 + 1_500 + 11_500 }])
    refused(bench, ECS21c.command({ to, exportDailyReadLog: ever }), 'supplier')
  })
  it('ECS35f reads of auxiliary controllers what ECS35g reads', () => {
    const bench = new MeterBench({ controllers: ['alcs'] })
    bench.meter.failController(1, 100)
    const log = bench.ask(ECS35f.command({ to, auxiliaryControllerEventLog: ever })).auxiliaryControllerEventLog
    expect(log.length).toBeGreaterThan(0)
    const successor = ECS35g.command({ to, auxiliaryControllerEventLog: ever })
    expect(bench.ask(successor).auxiliaryControllerEventLog).toEqual(log)
    refused(bench, ECS35f.command({ to, auxiliaryControllerEventLog: ever }), 'networkOperator')
  })
})
