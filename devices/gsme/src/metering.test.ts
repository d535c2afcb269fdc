import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GCS01b, GCS18, GCS31, GCS25a, GCS13b } from '@smets2-sim/gbcs'
import { readAccount, readZclAttribute } from '@smets2-sim/firmware'
import { metering } from '@smets2-sim/zcl'
import { addVolume, blockCounter, register, setDemand, tierRegister } from './index.js'
import { meterBench, meterId, START, tariff, tenWattHoursPerLitre } from './bench.fixture.js'

type Bench = ReturnType<typeof meterBench>
const tiers = ({ device }: Bench): number[] => [1, 2, 3, 4].map((tier) => device.items.read(tierRegister(tier)))
const blocks = ({ device }: Bench): number[] => [1, 2, 3, 4].map((block) => device.items.read(blockCounter(block)))
const total = ({ device }: Bench): number => device.items.read(register)
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const day = [
  { startMinute: 0, value: 1 },
  { startMinute: 390, value: 2 },
  { startMinute: 960, value: 3 },
  { startMinute: 1260, value: 4 },
]

describe('volume', () => {
  it('is the same whatever the partition of time, to the litre', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6000 }),
        fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 12 }),
        (litresPerHour, parts) => {
          const [one, many] = [meterBench(), meterBench()]
          for (const bench of [one, many]) {
            bench.send(tariff({ day, prices: [1, 2, 3, 4] }))
            setDemand(bench.device, litresPerHour)
          }
          one.advance(sum(parts))
          for (const part of parts) many.advance(part)
          expect(total(one)).toBe(Math.floor((litresPerHour * sum(parts)) / 3600))
          expect([total(many), tiers(many)]).toEqual([total(one), tiers(one)])
        },
      ),
      { numRuns: 25 },
    )
  })
  it('is in one tier and one block at a time: their sums are that of the register', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { maxLength: 20 }), (litres) => {
        const bench = meterBench()
        bench.send(tenWattHoursPerLitre)
        bench.send(tariff({ thresholdsWh: [20_000, 50_000, 100_000], prices: [1, 2, 3, 4] }))
        for (const part of litres) bench.device.transaction(() => addVolume(bench.device, part))
        expect(total(bench)).toBe(sum(litres))
        expect(sum(blocks(bench))).toBe(sum(litres))
      }),
      { numRuns: 40 },
    )
  })
  it('moves to the tier that its calendar says', () => {
    const bench = meterBench()
    bench.send(tariff({ day, prices: [1, 2, 3, 4] }))
    setDemand(bench.device, 60)
    bench.advance(12 * 3600)
    expect(tiers(bench)).toEqual([390, 330, 0, 0])
    bench.advance(12 * 3600)
    expect(tiers(bench)).toEqual([390, 570, 300, 180])
  })
  it('wraps after 48 bits', () => {
    const bench = meterBench()
    bench.device.items.write(register, 2 ** 48 - 5)
    addVolume(bench.device, 7)
    expect(total(bench)).toBe(2)
  })
})

describe('blocks', () => {
  it('are filled to their thresholds exactly, each at its price', () => {
    const bench = meterBench()
    bench.send(tenWattHoursPerLitre)
    bench.send(tariff({ thresholdsWh: [1000, 3000, 6000], prices: [1000, 2000, 3000, 4000] }))
    addVolume(bench.device, 1000)
    expect(blocks(bench)).toEqual([100, 200, 300, 400])
    // 1, 2, 3 and 4 kWh
    expect(-readAccount(bench.device).meterBalanceMillipence).toBe(1000 + 2 * 2000 + 3 * 3000 + 4 * 4000)
  })
  it('begin again with their period', () => {
    const bench = meterBench()
    const period = { providerId: 0, issuerEventId: START, tariffType: 0 }
    bench.send(
      GCS25a.command({
        to: meterId,
        parts: [
          {
            item: 'publishBillingPeriod',
            fields: {
              ...period,
              billingPeriodStartTime: START,
              billingPeriodDuration: 1,
              billingPeriodDurationType: 0x23,
            },
          },
          {
            item: 'publishBlockPeriod',
            fields: {
              ...period,
              blockPeriodStartTime: START,
              blockPeriodDuration: 2,
              blockPeriodControl: 2,
              blockPeriodDurationType: 0x21,
              tariffResolutionPeriod: 1,
            },
          },
        ],
      }),
    )
    setDemand(bench.device, 100)
    bench.advance(86_400)
    expect(blocks(bench)[0]).toBe(2400)
    bench.advance(86_400 + 3600)
    expect(blocks(bench)[0]).toBe(100)
    const read = bench.send(GCS13b.command({ to: meterId, parts: [{ item: 'readMetering', fields: {} }] }))
    expect(read.value.attributes['currentNoTierBlock1SummationDelivered']).toBe(100)
  })
})

describe('energy and its cost', () => {
  it('loses nothing when gas is used in small parts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 30_000 }),
        (parts, price) => {
          const [one, many] = [meterBench(), meterBench()]
          for (const bench of [one, many])
            bench.send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [price, 0, 0, 0] }))
          addVolume(one.device, sum(parts))
          for (const part of parts) addVolume(many.device, part)
          expect(readAccount(many.device)).toEqual(readAccount(one.device))
        },
      ),
      { numRuns: 30 },
    )
  })
  it('is charged at the price that held while it was used, up to the second of a dated change', () => {
    const bench = meterBench()
    bench.send(tenWattHoursPerLitre)
    const flat = [{ startMinute: 0, value: 1 }]
    bench.send(tariff({ day: flat, prices: [1000, 0, 0, 0] }))
    const at = START + 5400
    bench.send(
      GCS01b.command({
        to: meterId,
        parts: [
          {
            item: 'publishPriceMatrix',
            fields: {
              providerId: 0,
              issuerEventId: START,
              startTime: at,
              issuerTariffId: 1,
              commandIndex: 0,
              totalNumberOfCommands: 1,
              subPayloadControl: 1,
              priceMatrixSubPayload: [{ tierOrBlock: 1, price: 3000 }],
            },
          },
        ],
      }),
    )
    setDemand(bench.device, 1000)
    bench.advance(3 * 3600)
    // 15 kWh at the old price, 15 at the new
    expect(-readAccount(bench.device).meterBalanceMillipence).toBe(15 * 1000 + 15 * 3000)
    expect(bench.alerts()).toEqual([0x8f66])
  })
})

describe('a clock that is set', () => {
  it('uses no gas in the hours that it leaps over', () => {
    const bench = meterBench()
    setDemand(bench.device, 100)
    bench.advance(3600)
    bench.device.clock.set(bench.device.now + 10 * 365 * 86_400)
    bench.advance(3600)
    expect(total(bench)).toBe(200)
    bench.device.clock.set(START)
    bench.advance(3600)
    expect(total(bench)).toBe(300)
  })
})

describe('the network data log', () => {
  const start = (fields: object = {}) =>
    GCS31.command({
      to: meterId,
      parts: [
        {
          item: 'startSampling',
          fields: {
            issuerEventId: START,
            startSamplingTime: 0,
            sampleType: 0,
            sampleRequestInterval: 360,
            maxNumberofSamples: 41,
            ...fields,
          },
        },
      ],
    })
  const read = (bench: Bench) =>
    bench.send(
      GCS18.command({
        to: meterId,
        parts: [
          {
            item: 'getSampledData',
            fields: { sampleID: 2, earliestSampleTime: 1, sampleType: 0, numberOfSamples: 41 },
          },
        ],
      }),
    )
  it('takes 41 samples of 6 minutes, then rests', () => {
    const bench = meterBench()
    setDemand(bench.device, 100)
    expect(bench.send(start(), 'accessControlBroker').value.commands[0]?.fields['sampleId']).toBe(2)
    bench.advance(3600)
    expect(read(bench).value.commands[0]?.fields).toMatchObject({
      sampleStartTime: START + 360,
      numberOfSamples: 10,
      samples: Array.from({ length: 10 }, () => 10),
    })
    bench.advance(10 * 3600)
    expect(read(bench).value.commands[0]?.fields['numberOfSamples']).toBe(41)
    bench.send(start(), 'accessControlBroker')
    bench.advance(720)
    expect(read(bench).value.commands[0]?.fields).toMatchObject({
      sampleStartTime: START + 11 * 3600 + 360,
      numberOfSamples: 2,
    })
  })
  it('has nothing before it was started', () => {
    expect(read(meterBench()).items).toMatchObject([{ name: 'defaultResponse', result: 0x8b }])
  })
  it.each([{ sampleRequestInterval: 300 }, { maxNumberofSamples: 42 }, { maxNumberofSamples: 0 }, { sampleType: 1 }])(
    'is not started with %o',
    (fields) => {
      const answer = meterBench().send(start(fields), 'accessControlBroker')
      expect(answer.value.commands[0]?.fields['sampleId']).toBe(0xffff)
    },
  )
})

describe('logs of 13 months', () => {
  it('wrap: the oldest half hours give way', () => {
    const bench = meterBench()
    const log = bench.device.log('sampledData.profile')
    for (let i = 0; i < 19_056; i++) log.append({ time: START - (19_056 - i) * 1800, value: i })
    setDemand(bench.device, 2)
    bench.advance(3600)
    expect(log.length).toBe(19_056)
    expect([...log.entries()].at(-1)).toEqual({ time: START + 3600, value: 1 })
    expect([...log.entries()][0]).toEqual({ time: START - 19_054 * 1800, value: 2 })
  })
})

it('counts the days of its battery', () => {
  const bench = meterBench()
  const days = (): unknown =>
    readZclAttribute(
      bench.device.profile.zcl as never,
      { device: bench.device, now: START },
      metering,
      metering.attributes.remainingBatteryLifeinDays.id,
    ).value
  const before = days() as number
  bench.advance(3 * 86_400)
  expect(days()).toBe(before - 3)
})
