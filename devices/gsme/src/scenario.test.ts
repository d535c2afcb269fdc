import { GCS06, GCS13a, GCS14, GCS16a, GCS17, GCS32, GCS33, GCS39, GCS60, PCS01, PCS02 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { activateEmergencyCredit, display, enableSupply, enterTopUp, setDemand } from './index.js'
import {
  digits,
  meterBench,
  meterId,
  prepaymentMode,
  prepaymentSettings,
  START,
  tariff,
  tenWattHoursPerLitre,
} from './bench.fixture.js'

const HOUR = 3600
const balance = (bench: ReturnType<typeof meterBench>): unknown =>
  bench.send(GCS60.command({ to: meterId, parts: [{ item: 'readPrepayment', fields: {} }] })).value.attributes[
    'creditRemaining'
  ]

/** A prepayment home: 10 pence a kWh, 20 pence standing charge a day, five pounds of emergency credit below one pound. */
function prepaymentHome() {
  const bench = meterBench()
  bench.send(tenWattHoursPerLitre)
  bench.send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [10_000, 0, 0, 0], standingCharge: 20_000 }))
  bench.send(
    prepaymentSettings({
      emergencyCreditLimit: 500_000,
      emergencyCreditThreshold: 100_000,
      lowCredit: 200_000,
      maxCredit: 20_000_000,
      maxTopUp: 10_000_000,
    }),
  )
  bench.send(prepaymentMode())
  bench.alerts()
  return bench
}

describe('a day of a prepayment gas home', () => {
  it('runs from a top-up over emergency credit to a closed valve, and back', () => {
    const bench = prepaymentHome()
    const { device } = bench
    bench.advance(7 * HOUR)
    const topUp = bench.send(
      PCS01.command({
        to: meterId,
        parts: [{ item: 'consumerTopUp', fields: { originatingDevice: 2, topUpCode: digits(bench.token(1, 500)) } }],
      }),
      'display',
    )
    expect(topUp.value.commands[0]?.fields).toMatchObject({
      resultType: 0,
      topUpValue: 500_000,
      sourceOfTopUp: 2,
      creditRemaining: 500_000,
    })
    expect(bench.alerts()).toContain(0x810e)

    // 1000 litres an hour are 10 kWh: a pound an hour
    setDemand(device, 1000)
    bench.advance(3 * HOUR)
    expect(balance(bench)).toBe(200_000)
    bench.advance(600)
    expect(bench.alerts()).toContain(0x810d)
    bench.advance(HOUR)
    expect(bench.alerts()).toContain(0x8119)
    expect(display(device).emergencyCredit).toBe('available')
    expect(activateEmergencyCredit(device)).toBe(true)
    expect(bench.alerts()).toContain(0x81ab)

    // the balance ends, then five pounds of emergency credit, then the valve closes
    bench.advance(7 * HOUR)
    expect(bench.alerts()).toEqual([0x810d, 0x81aa, 0x8f0f])
    expect(display(device)).toMatchObject({ supplyStatus: 0, emergencyCredit: 'exhausted' })
    const used = display(device).volumeLitres
    bench.advance(HOUR)
    expect(display(device).volumeLitres).toBe(used)
    expect(enableSupply(device)).toBe(false)

    // six pounds pay the emergency credit back and lift the balance: the valve is armed, and a person opens it
    expect(enterTopUp(device, bench.token(2, 800))).toMatchObject({ kind: 'credited', millipence: 800_000 })
    expect(bench.alerts()).toContain(0x8f32)
    expect(display(device).supplyStatus).toBe(1)
    expect(enableSupply(device)).toBe(true)
    expect(display(device).supplyStatus).toBe(2)
    bench.advance(HOUR)
    expect(display(device).volumeLitres).toBe(used + 1000)
  })

  it('credits a token once, whichever way it comes, and keeps what was paid', () => {
    const bench = prepaymentHome()
    const token = bench.token(9, 300)
    const byDisplay = () =>
      bench.send(
        PCS01.command({
          to: meterId,
          parts: [{ item: 'consumerTopUp', fields: { originatingDevice: 2, topUpCode: digits(token) } }],
        }),
        'display',
      ).value.commands[0]?.fields['resultType']
    expect(byDisplay()).toBe(0)
    expect(byDisplay()).toBe(2)
    expect(enterTopUp(bench.device, token)).toEqual({ kind: 'refused', reason: 'duplicate' })
    expect(balance(bench)).toBe(300_000)
  })

  it('keeps supply on in a non-disablement period, and disables it when that ends', () => {
    const bench = prepaymentHome()
    bench.send(
      prepaymentSettings({}, [
        { startMinute: 0, value: 1 },
        { startMinute: 480, value: 0 },
        { startMinute: 1080, value: 1 },
      ]),
    )
    setDemand(bench.device, 1000)
    bench.advance(HOUR)
    expect(bench.alerts()).toEqual([0x810d, 0x8f0f, 0x8f83])
    bench.advance(6 * HOUR)
    expect(display(bench.device).supplyStatus).toBe(2)
    bench.advance(HOUR + 1)
    expect(display(bench.device).supplyStatus).toBe(0)
  })

  it('lends emergency credit to a command and to a display', () => {
    for (const from of ['supplier', 'display'] as const) {
      const bench = prepaymentHome()
      setDemand(bench.device, 100)
      bench.advance(HOUR)
      const fields = { commandIssueDateTime: 0, originatingDevice: from === 'display' ? 2 : 0 }
      const request = (from === 'display' ? PCS02 : GCS06).command({
        to: meterId,
        parts: [{ item: 'selectAvailableEmergencyCredit', fields }],
      })
      expect(bench.send(request, from).ok).toBe(true)
      expect(display(bench.device).emergencyCredit).toBe('active')
      const read = bench.send(GCS14.command({ to: meterId, parts: [{ item: 'readPrepayment', fields: {} }] }))
      expect(read.value.attributes).toMatchObject({ emergencyCreditRemaining: 500_000 })
    }
  })
})

describe('a day of a credit gas home', () => {
  it('leaves half hours, a day and its snapshot behind', () => {
    const bench = meterBench()
    bench.send(tenWattHoursPerLitre)
    bench.send(
      tariff({
        day: [
          { startMinute: 0, value: 1 },
          { startMinute: 420, value: 2 },
        ],
        prices: [5000, 10_000, 0, 0],
        standingCharge: 25_000,
      }),
    )
    setDemand(bench.device, 600)
    bench.advance(24 * HOUR)
    const read = bench.send(GCS13a.command({ to: meterId, parts: [{ item: 'readMetering', fields: {} }] }))
    expect(read.value.attributes).toMatchObject({ currentSummationDelivered: 14_400, divisor: 1000, unitofMeasure: 1 })
    // 7 hours of 6 kWh at 5 pence, 17 at 10, and a standing charge
    const bill = bench.send(GCS60.command({ to: meterId, parts: [{ item: 'readMetering', fields: {} }] }))
    expect(bill.value.attributes['billToDateDelivered']).toBe(7 * 6 * 5000 + 17 * 6 * 10_000 + 25_000)
    const profile = bench.send(
      GCS17.command({
        to: meterId,
        parts: [
          {
            item: 'getSampledData',
            fields: { sampleID: 0, earliestSampleTime: START + 1, sampleType: 0, numberOfSamples: 48 },
          },
        ],
      }),
    )
    expect(profile.value.commands[0]?.fields).toMatchObject({
      sampleStartTime: START + 1800,
      numberOfSamples: 48,
      samples: Array.from({ length: 48 }, () => 300),
    })
    const daily = bench.send(
      GCS16a.command({
        to: meterId,
        parts: [
          {
            item: 'getSnapshot',
            fields: {
              earliestStartTime: START + 1,
              latestEndTime: START + 86_400,
              snapshotOffset: 0,
              snapshotCause: 1,
            },
          },
        ],
      }),
    )
    expect(daily.value.commands[0]).toMatchObject({
      name: 'publishSnapshot',
      fields: { snapshotTime: START + 86_400, totalSnapshotsFound: 1, snapshotCause: 1 },
    })
  })
})

describe('the valve by command', () => {
  const change = (useCase: typeof GCS32 | typeof GCS39, proposedSupplyStatus: number) =>
    useCase.command({
      to: meterId,
      parts: [
        {
          item: 'changeSupply',
          fields: {
            providerId: 0,
            issuerEventId: START,
            requestDateTime: 0,
            implementationDateTime: 0,
            proposedSupplyStatus,
            supplyControlBits: 1,
          },
        },
      ],
    })
  const status = (bench: ReturnType<typeof meterBench>): unknown =>
    bench.send(GCS33.command({ to: meterId, parts: [{ item: 'readMetering', fields: {} }] })).value.attributes[
      'supplyStatus'
    ]

  it('is closed, armed, and opened only by a person', () => {
    const bench = meterBench()
    setDemand(bench.device, 60)
    bench.advance(600)
    expect(bench.send(change(GCS32, 0)).value.commands[0]?.fields['supplyStatus']).toBe(0)
    // what flowed before the command was metered
    expect(display(bench.device).volumeLitres).toBe(10)
    bench.advance(600)
    expect(display(bench.device).volumeLitres).toBe(10)
    expect(status(bench)).toBe(0)
    expect(enableSupply(bench.device)).toBe(false)
    expect(bench.send(change(GCS39, 1)).value.commands[0]?.fields['supplyStatus']).toBe(1)
    expect(status(bench)).toBe(1)
    expect(enableSupply(bench.device)).toBe(true)
    expect(status(bench)).toBe(2)
  })
  it('is never opened from afar, and not armed while it is open', () => {
    const bench = meterBench()
    expect(() => bench.send(change(GCS39, 2))).toThrow(/itemNotInUseCase/)
    expect(bench.send(change(GCS39, 1)).ok).toBe(false)
    expect(status(bench)).toBe(2)
  })
  it('answers with an error where there is none', async () => {
    const { valvelessGsme } = await import('./index.js')
    const { gasBench } = await import('../../../packages/firmware/src/gas/bench.fixture.js')
    const bench = gasBench(valvelessGsme, meterId)
    const refused = bench.send(change(GCS32, 0))
    expect(refused.items).toMatchObject([{ name: 'defaultResponse', result: 0x81 }])
    expect(status(bench)).toBe(2)
  })
})
