import { latin1 } from '@smets2-sim/bytes'
import {
  CS01b,
  GCS04,
  GCS05,
  GCS15b,
  GCS15d,
  GCS16b,
  GCS21a,
  GCS21d,
  GCS21e,
  GCS21j,
  GCS21k,
  GCS21m,
  GCS40c,
  GCS40d,
  GCS41,
  GCS46,
  GCS60,
  GCS60a,
} from '@smets2-sim/gbcs'
import { snapshotCause } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { display, setDemand } from './index.js'
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

const to = meterId
const ALL = 0xfffffffe
const DAY_S = 86_400
type Bench = ReturnType<typeof meterBench>
type Request = Parameters<Bench['send']>[0]
/** Sends it in the name of a party that may not: it is discarded. */
const refused = (bench: Bench, request: Request, from: Parameters<Bench['send']>[1] = 'networkOperator'): void =>
  expect(() => bench.send(request, from)).toThrow(/^notAuthorised/)
const attributesOf = (bench: Bench, request: { parts: unknown } & Request): Readonly<Record<string, unknown>> =>
  (bench.send(request).value as { attributes: Readonly<Record<string, unknown>> }).attributes

const ask = (item: string, fields: object = {}): any => ({ to, parts: [{ item, fields }] })
const both = (...items: readonly string[]): any => ({ to, parts: items.map((item) => ({ item, fields: {} })) })

describe('money of a gas meter', () => {
  it('CS01b takes a token of the supplier once', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    bench.send(prepaymentSettings({}))
    const topUp = (utrnCounter: number) =>
      CS01b.command(ask('consumerTopUp', { originatingDevice: 0, topUpCode: digits(bench.token(utrnCounter, 700)) }))
    // a top-up counts by the upper half of its counter
    const first = bench.send(topUp(1), 'supplier', 1n << 32n)
    expect(first.value.commands[0]?.fields).toMatchObject({
      resultType: 0,
      topUpValue: 700_000,
      creditRemaining: 700_000,
    })
    expect(display(bench.device).balanceMillipence).toBe(700_000)
    refused(bench, topUp(2))
    expect(() => bench.send(topUp(1), 'supplier', 1n << 32n)).toThrow(/^replayed/)
    expect(display(bench.device).balanceMillipence).toBe(700_000)
  })
  it('GCS05 sets limits that count at once: emergency credit becomes available', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    const settings = prepaymentSettings({ emergencyCreditLimit: 500, emergencyCreditThreshold: 100, lowCredit: 200 })
    expect(settings.useCase.name).toBe(GCS05.name)
    expect(display(bench.device).emergencyCredit).toBe('unavailable')
    refused(bench, settings)
    expect(display(bench.device).emergencyCredit).toBe('unavailable')
    bench.alerts()
    expect(bench.send(settings).ok).toBe(true)
    expect(display(bench.device).emergencyCredit).toBe('available')
    expect(bench.alerts().length).toBeGreaterThan(0)
  })
  it('GCS40d sets the bill to nothing, as GCS60 and GCS60a read it', () => {
    const bench = meterBench()
    const adjust = { issuerEventId: START, startTime: 0 }
    const owe = GCS40c.command(
      ask('creditAdjustment', { ...adjust, creditAdjustmentType: 3, creditAdjustmentValue: -300 }),
    )
    bench.send(owe)
    const reset = GCS40d.command(
      ask('creditAdjustment', { ...adjust, creditAdjustmentType: 2, creditAdjustmentValue: 0 }),
    )
    const read = () =>
      [GCS60, GCS60a].map(
        (one) =>
          bench.send(one.command(both('readMetering', 'readPrepayment'))).value.attributes['billToDateDelivered'],
      )
    expect(read()).toEqual([300, 300])
    refused(bench, reset)
    expect(read()).toEqual([300, 300])
    expect(bench.send(reset).ok).toBe(true)
    expect(read()).toEqual([0, 0])
    refused(bench, GCS60a.command(both('readMetering', 'readPrepayment')))
  })
  it('GCS15d tells of what was paid off a debt by a top-up', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    bench.send(prepaymentSettings({ debtCap: 1_000_000 }))
    bench.send(
      GCS04.command(
        ask('changeDebt', {
          ...{ issuerEventId: START, debtLabel: new Uint8Array(0), debtAmount: 200_000 },
          ...{ debtRecoveryMethod: 1, debtAmountType: 5, debtRecoveryStartTime: 0, debtRecoveryCollectionTime: 0 },
          ...{ debtRecoveryFrequency: 0, debtRecoveryAmount: 0, debtRecoveryBalancePercentage: 1000 },
        }),
      ),
    )
    const token = CS01b.command(ask('consumerTopUp', { originatingDevice: 0, topUpCode: digits(bench.token(1, 1000)) }))
    bench.send(token, 'supplier', 1n << 32n)
    const read = GCS15d.command(ask('getDebtRepaymentLog', { latestEndTime: ALL, numberOfDebts: 10, debtType: 2 }))
    expect(bench.send(read).value.commands[0]?.fields).toMatchObject({
      debtPayload: [{ collectionTime: START, amountCollected: 100_000, debtType: 2, outstandingDebt: 100_000 }],
    })
    refused(bench, read)
  })
})

describe('what a gas meter has written down', () => {
  const prepay = { earliestStartTime: 0, latestEndTime: ALL, snapshotOffset: 0 }
  it('GCS16b reads the daily log of prepayment, GCS15b what a change of mode left', () => {
    const bench = meterBench()
    bench.send(tenWattHoursPerLitre)
    bench.send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [1_000, 0, 0, 0] }))
    setDemand(bench.device, 100)
    bench.advance(3600)
    bench.send(prepaymentMode())
    bench.advance(2 * DAY_S)
    const daily = GCS16b.command(ask('getPrepaySnapshot', { ...prepay, snapshotCause: snapshotCause.general }))
    expect(bench.send(daily).value.commands[0]?.fields).toMatchObject({ snapshotTime: START + DAY_S })
    refused(bench, daily)
    const changed = GCS15b.command({
      to,
      parts: [
        { item: 'getPrepaySnapshot', fields: { ...prepay, snapshotCause: snapshotCause.changeOfMeterMode } },
        { item: 'getSnapshot', fields: { ...prepay, snapshotCause: snapshotCause.changeOfMeterMode } },
      ],
    } as never)
    const rows = bench.send(changed).value.commands
    expect(rows.map(({ fields }: { fields: object }) => (fields as { snapshotTime?: number }).snapshotTime)).toEqual([
      START + 3600,
      START + 3600,
    ])
    refused(bench, changed)
  })
})

describe('what a gas meter is', () => {
  it('GCS41 gives it its MPRN, which GCS46 reads', () => {
    const bench = meterBench()
    const mprn = (text: string) =>
      GCS41.command(ask('updateSiteID', { issuerEventId: START, siteIDTime: 0, providerId: 0, siteID: latin1(text) }))
    const read = () => bench.send(GCS46.command(both('readMetering'))).value.attributes['siteID']
    expect(bench.send(mprn('1234567890')).ok).toBe(true)
    expect(read()).toEqual(latin1('1234567890'))
    refused(bench, mprn('9999999999'))
    expect(read()).toEqual(latin1('1234567890'))
    refused(bench, GCS46.command(both('readMetering')), 'transitionalCoS')
  })
  it('GCS21a reads how volume becomes energy', () => {
    const bench = meterBench()
    bench.send(tenWattHoursPerLitre)
    const read = GCS21a.command(both('readPrice', 'readMetering'))
    expect(attributesOf(bench, read as never)).toMatchObject({
      calorificValue: 360,
      calorificValueTrailingDigit: 0x10,
      conversionFactor: 100_000,
    })
    refused(bench, read, 'transitionalCoS')
  })
  it('GCS21d reads what its successor GCS21k reads', () => {
    const bench = meterBench()
    const fields = { earliestStartTime: 0, minIssuerEventId: 0xffffffff, numberOfCommands: 1, tariffType: 0 }
    const answers = [GCS21d, GCS21k].map((one) => bench.send(one.command(ask('getBillingPeriod', fields))))
    expect(answers[0]?.items.map(({ result }) => result)).toEqual(answers[1]?.items.map(({ result }) => result))
    expect(answers[0]?.value).toEqual(answers[1]?.value)
    refused(bench, GCS21d.command(ask('getBillingPeriod', fields)))
  })
  it('GCS21e and GCS21m read its maker, and GCS21j whether it is prepaid', () => {
    const bench = meterBench()
    const [old, newer] = [GCS21e, GCS21m].map(
      (one) => bench.send(one.command(both('readBasic', 'readMetering'))).value.attributes,
    )
    const { hwVersion, ...others } = old as Readonly<Record<string, unknown>>
    expect(hwVersion).toBeDefined()
    expect(newer).toEqual(others)
    refused(bench, GCS21e.command(both('readBasic', 'readMetering')), 'transitionalCoS')
    const mode = () =>
      bench.send(GCS21j.command(both('readPrepayment'))).value.attributes['paymentControlConfiguration']
    bench.send(prepaymentMode(0x0897))
    expect(mode()).toBe(0x0897)
    refused(bench, GCS21j.command(both('readPrepayment')))
  })
})
