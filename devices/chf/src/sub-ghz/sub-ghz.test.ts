import { type Eui64, eui64, eui64Bytes } from '@smets2-sim/bytes'
import { itemOf } from '@smets2-sim/firmware'
import { CCS01, CCS02, DBCH01, DBCH02, DBCH03, DBCH04, DBCH05, operatingSubGhzChannel } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HubBench, hubBench, hubId } from '../hub.fixture.js'
import { SUB_GHZ_CAPACITY, subGhzDevices, takeSubGhzPlace } from './capacity.js'
import { channelMeasured, channelNoise, gsmeSearched, operatingChannel } from './channel.js'
import { airTimeUsed, dutyCycle, dutyCycleOf, mayNotSend } from './duty-cycle.js'
import { channelsIn, type SubGhzSettings, subGhzSettings } from './settings.js'

const meter = eui64('00db1234567890a1')
const names = (bench: HubBench) => bench.alerts().map(({ name }) => name)
const read = (bench: HubBench) => bench.ask(DBCH03.command({ to: hubId })).value.subGhzConfiguration
const configure = (bench: HubBench, change: Partial<SubGhzSettings>) =>
  bench.ask(DBCH04.command({ to: hubId, subGhzConfiguration: { ...read(bench), ...change } })).ok
const scan = (bench: HubBench) => bench.ask(DBCH05.command({ to: hubId, subGhzChannelScan: 0 })).ok
const channel = (bench: HubBench) => bench.ask(DBCH01.command({ to: hubId })).value.operatingSubGhzChannel
const noise = (bench: HubBench, byChannel: Record<string, number>) => bench.device.items.write(channelNoise, byChannel)
/** Page 28 with these channels, the other pages without any. */
const pages = (...channels: readonly number[]): Partial<SubGhzSettings> => {
  const bits = (page: number, on: readonly number[]) =>
    page.toString(2) + Array.from({ length: 27 }, (_, i) => (on.includes(26 - i) ? '1' : '0')).join('')
  return {
    page28Mask: bits(28, channels),
    page29Mask: bits(29, []),
    page30Mask: bits(30, []),
    page31Mask: bits(31, []),
  }
}
const onPage28 = (n: number): string => channelsIn({ ...subGhzSettings(hubBench().device), ...pages(n) })[0] as string
const logged = ({ device }: HubBench) =>
  [...device.log('subGhzChannelLog.buffer').entries()].map(({ code }) => (code as number).toString(16))

describe('sub-GHz settings', () => {
  it('are told when they change, and read as they are', () => {
    const bench = hubBench()
    expect(configure(bench, { gsmeCurfew: 9 })).toBe(true)
    expect(names(bench)).toEqual(['subGHzConfigurationChanged'])
    expect(read(bench).gsmeCurfew).toBe(9)
  })
  it.each<[string, Partial<SubGhzSettings>]>([
    ['a mask in the place of another page', { page28Mask: pages(1).page29Mask ?? '' }],
    ['no channel at all', pages()],
    ['thresholds that descend', { normalLimitedDutyCycleThreshold: 300 }],
  ])('with %s are refused', (_name, change) => {
    const bench = hubBench()
    const before = read(bench)
    expect(configure(bench, change)).toBe(false)
    expect(read(bench)).toEqual(before)
    expect(names(bench)).toEqual([])
  })
  it('take the hub off a channel that they do not allow', () => {
    const bench = hubBench()
    configure(bench, pages(1, 2))
    noise(bench, { [onPage28(1)]: -60 })
    scan(bench)
    expect(channel(bench)).toBe(onPage28(2))
    bench.alerts()
    configure(bench, pages(5))
    expect(channel(bench)).toBe(onPage28(5))
    expect(names(bench)).toEqual(['subGHzConfigurationChanged', 'subGHzChannelChanged'])
  })
})

describe('the sub-GHz channel', () => {
  it('is the first that is allowed until another is better', () => {
    const bench = hubBench()
    configure(bench, pages(3, 4))
    expect(channel(bench)).toBe(onPage28(3))
    expect(operatingChannel(bench.device)).toBe(onPage28(3))
  })
  it('changes by a scan to the quietest, which is told and logged', () => {
    const bench = hubBench()
    configure(bench, pages(1, 2, 3))
    noise(bench, { [onPage28(1)]: -70, [onPage28(2)]: -90, [onPage28(3)]: -80 })
    bench.alerts()
    expect(scan(bench)).toBe(true)
    expect(channel(bench)).toBe(onPage28(2))
    expect(names(bench)).toEqual([
      'subGHzChannelScanRequestAssessmentOutcome',
      'subGHzChannelScanInitiated',
      'subGHzChannelChanged',
    ])
    expect(logged(bench)).toEqual(['8f28', '8f27', '8f26'])
    const entries = bench.ask(
      DBCH02.command({ to: hubId, subGhzChannelLog: { from: bench.clock.time, to: bench.clock.time } }),
    ).value
    expect(entries.subGhzChannelLog).toHaveLength(3)
  })
  it('stays where nothing is quieter by enough', () => {
    const bench = hubBench()
    configure(bench, { ...pages(1, 2), channelQuieterThresholdDb: 6 })
    noise(bench, { [onPage28(1)]: -85, [onPage28(2)]: -90 })
    bench.alerts()
    scan(bench)
    expect(channel(bench)).toBe(onPage28(1))
    expect(names(bench).at(-1)).toBe('subGHzChannelNotChangedDueToFrequencyAgilityParameters')
  })
  it('does not change again within the curfew, nor too often a week', () => {
    const bench = hubBench()
    configure(bench, { ...pages(1, 2), maximumChannelChangesPerWeek: 2, gsmeCurfew: 6 })
    const worsen = () => noise(bench, { [channel(bench)]: -50 })
    const outcomes: (number | undefined)[] = []
    const tryToMove = () => {
      worsen()
      bench.alerts()
      scan(bench)
      const [details] = bench.alerts()[0]?.details ?? []
      const outcome = details?.type === 'structure' ? details.items[1] : undefined
      outcomes.push(outcome?.type === 'octetString' ? outcome.bytes[0] : undefined)
    }
    tryToMove()
    bench.wait(6 * 3600 - 1)
    tryToMove()
    bench.wait(1)
    tryToMove()
    bench.wait(24 * 3600)
    tryToMove()
    bench.wait(7 * 86_400)
    tryToMove()
    expect(outcomes).toEqual([0, 2, 0, 1, 0])
  })
  it('is left when it is noisier than it was and messages fail, and not for less', () => {
    const quiet = { failures: 0, retries: 0, noiseDbm: -100 }
    const poor = { failures: 5000, retries: 0, noiseDbm: -70 }
    const bench = hubBench()
    configure(bench, pages(1, 2))
    scan(bench)
    const before = channel(bench)
    for (const measurement of [quiet, { ...poor, noiseDbm: -119 }, { ...quiet, noiseDbm: -70 }]) {
      channelMeasured(bench.device, measurement)
      expect(channel(bench)).toBe(before)
    }
    channelMeasured(bench.device, poor)
    expect(channel(bench)).not.toBe(before)
    bench.alerts()
    channelMeasured(bench.device, poor)
    expect(names(bench)).toEqual(['subGHzChannelNotChangedDueToFrequencyAgilityParameters'])
  })
  it('tells of every third search in a row for a gas meter that finds none', () => {
    const bench = hubBench()
    for (const found of [false, false, true, false, false]) gsmeSearched(bench.device, found)
    expect(names(bench)).toEqual([])
    gsmeSearched(bench.device, false)
    expect(names(bench)).toEqual(['threeLostGsmeSearchesFailed'])
    gsmeSearched(bench.device, false)
    expect(names(bench)).toEqual([])
  })
  it('survives a power cycle', () => {
    const bench = hubBench()
    configure(bench, pages(1, 2))
    noise(bench, { [onPage28(1)]: -60 })
    scan(bench)
    const again = bench.powerCycle()
    expect(channel(again)).toBe(onPage28(2))
    expect(again.device.items.has(itemOf(operatingSubGhzChannel.value))).toBe(true)
  })
})

describe('the duty cycle', () => {
  // 1.25 %, 2 % and 2.5 % of an hour, in milliseconds
  const [limited, critical, regulated] = [45_000, 72_000, 90_000]
  it('rises by its thresholds, each of them told, until nothing may be sent', () => {
    const bench = hubBench()
    const steps = [limited - 1, 1, critical - limited, regulated - critical]
    const states = steps.map((ms) => {
      airTimeUsed(bench.device, meter, ms)
      return dutyCycleOf(bench.device, meter)
    })
    expect(states).toEqual(['normal', 'limited', 'critical', 'regulated'])
    expect(mayNotSend(bench.device, meter)).toBe(true)
    expect(names(bench)).toEqual([
      'limitedDutyCycleActionTaken',
      'criticalDutyCycleActionTaken',
      'regulatedDutyCycleActionTaken',
    ])
  })
  it('falls as air time grows older than an hour, each step told', () => {
    const bench = hubBench()
    airTimeUsed(bench.device, meter, regulated)
    bench.alerts()
    bench.wait(3300)
    expect(mayNotSend(bench.device, meter)).toBe(true)
    bench.wait(300)
    expect(dutyCycleOf(bench.device, meter)).toBe('normal')
    expect(names(bench)).toEqual([
      'dutyCycleFallenBelowCriticalRegulatedDutyCycleThreshold',
      'dutyCycleFallenBelowLimitedCriticalDutyCycleThreshold',
      'dutyCycleFallenBelowNormalLimitedDutyCycleThreshold',
    ])
    expect(bench.device.nextDue()).toBeUndefined()
  })
  it('is that of each device alone', () => {
    const bench = hubBench()
    airTimeUsed(bench.device, meter, regulated)
    expect(mayNotSend(bench.device, hubId)).toBe(false)
  })
  it('is where the air time of the last hour puts it, whatever came before', () => {
    const use = fc.record({ wait: fc.integer({ min: 0, max: 2000 }), ms: fc.integer({ min: 0, max: 60_000 }) })
    fc.assert(
      fc.property(fc.array(use, { maxLength: 15 }), (uses) => {
        const bench = hubBench()
        const sent: { at: number; ms: number }[] = []
        let before = dutyCycleOf(bench.device, meter)
        for (const { wait, ms } of uses) {
          bench.wait(wait)
          airTimeUsed(bench.device, meter, ms)
          sent.push({ at: bench.clock.time, ms })
          // steps of 5 minutes: the present one, and the 11 before it
          const since = Math.floor(bench.clock.time / 300) * 300 - 3300
          const total = sent.filter(({ at }) => at >= since).reduce((sum, one) => sum + one.ms, 0)
          const state = dutyCycleOf(bench.device, meter)
          expect(state).toBe(
            total >= regulated ? 'regulated' : total >= critical ? 'critical' : total >= limited ? 'limited' : 'normal',
          )
          before = state
        }
        expect(dutyCycle.states).toContain(before)
      }),
      { numRuns: 50 },
    )
  })
})

describe('places in the sub-GHz band', () => {
  const idOf = (n: number): Eui64 => eui64(`00db12345678930${n.toString(16)}`)
  const register = (bench: HubBench, id: Eui64) =>
    bench.ask(
      CCS01.command({
        to: hubId,
        deviceLogRegisterDevice: {
          deviceId: eui64Bytes(id),
          keyType: 1,
          installCode: new Uint8Array(16),
          deviceType: 1,
        },
        deviceLogJoinTimeoutS: 90,
        deviceLogEnableDisableJoining: true,
      }),
    )
  it('are as many as there are, and who leaves the log makes room', () => {
    const bench = hubBench()
    for (let n = 0; n <= SUB_GHZ_CAPACITY; n++) register(bench, idOf(n))
    bench.alerts()
    for (let n = 0; n < SUB_GHZ_CAPACITY; n++) expect(takeSubGhzPlace(bench.device, idOf(n))).toBe(true)
    expect(takeSubGhzPlace(bench.device, idOf(0))).toBe(true)
    expect(takeSubGhzPlace(bench.device, idOf(SUB_GHZ_CAPACITY))).toBe(false)
    expect(names(bench)).toEqual(['noMoreSubGHzDeviceCapacity'])
    bench.ask(CCS02.command({ to: hubId, deviceLog: eui64Bytes(idOf(0)) }))
    expect(takeSubGhzPlace(bench.device, idOf(SUB_GHZ_CAPACITY))).toBe(true)
    expect(subGhzDevices(bench.device)).toHaveLength(SUB_GHZ_CAPACITY)
  })
})
