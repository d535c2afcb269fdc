import { readZclAttribute, zclFaultKey } from '@smets2-sim/firmware'
import {
  GCS01a,
  GCS02,
  GCS03,
  GCS04,
  GCS15c,
  GCS21b,
  GCS21f,
  GCS21k,
  GCS25a,
  GCS40a,
  GCS40b,
  GCS40c,
  GCS60,
} from '@smets2-sim/gbcs'
import { prepayment } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { display, setDemand } from './index.js'
import {
  calendarParts,
  meterBench,
  meterId,
  prepaymentMode,
  prepaymentSettings,
  START,
  tariff,
} from './bench.fixture.js'

type Bench = ReturnType<typeof meterBench>
const statusOf = ({ items }: { items: readonly { result: number | string }[] }): (number | string)[] =>
  items.map(({ result }) => result)
const prepaymentAttribute = ({ device }: Bench, name: keyof (typeof prepayment)['attributes']): unknown =>
  readZclAttribute(device.profile.zcl as never, { device, now: device.now }, prepayment, prepayment.attributes[name].id)
    .value
const INVALID_VALUE = 0x87
const FAILURE = 0x01

describe('payment mode', () => {
  it.each([0x0003, 0x1233, 0xffff])('is none of %i', (control) => {
    const bench = meterBench()
    expect(statusOf(bench.send(prepaymentMode(control)))).toEqual([INVALID_VALUE])
    expect(display(bench.device).paymentMode).toBe('credit')
  })
  it('of credit is not ordered with the code for prepayment', () => {
    const bench = meterBench()
    expect(() => bench.send(prepaymentMode(0x0c94))).toThrow(/itemNotInUseCase/)
    expect(bench.device.futureDated.all()).toEqual([])
  })
  it('is refused before it waits, too', () => {
    const bench = meterBench()
    const later = GCS03.command({
      to: meterId,
      parts: [
        {
          item: 'changePaymentMode',
          fields: {
            providerId: 0,
            issuerEventId: START,
            implementationDateTime: START + 3600,
            proposedPaymentControlConfiguration: 0x1237,
            cutOffValue: 0,
          },
        },
      ],
    })
    expect(statusOf(bench.send(later))).toEqual([INVALID_VALUE])
    expect(bench.device.futureDated.all()).toEqual([])
  })
  const dated = (implementationDateTime: number) =>
    GCS02.command({
      to: meterId,
      parts: [
        {
          item: 'changePaymentMode',
          fields: {
            providerId: 0,
            issuerEventId: START,
            implementationDateTime,
            proposedPaymentControlConfiguration: 0x0c94,
            cutOffValue: -1,
          },
        },
      ],
    })
  it('changes at its time, with a snapshot and one alert; not when it was cancelled', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    bench.send(dated(START + 7200))
    bench.alerts()
    bench.advance(7199)
    expect(display(bench.device).paymentMode).toBe('prepayment')
    bench.advance(1)
    expect(display(bench.device).paymentMode).toBe('credit')
    expect(bench.alerts()).toEqual([0x8f66])
    expect([...bench.device.log('snapshots.change').entries()].map(({ cause }) => cause)).toEqual([1 << 14, 1 << 14])
    bench.send(prepaymentMode())
    bench.send(dated(START + 10_000))
    bench.send(dated(0xffffffff))
    bench.advance(7200)
    expect(display(bench.device).paymentMode).toBe('prepayment')
  })
})

describe('debts', () => {
  const debt = (fields: object) =>
    GCS04.command({
      to: meterId,
      parts: [
        {
          item: 'changeDebt',
          fields: {
            issuerEventId: START,
            debtLabel: new Uint8Array(0),
            debtAmount: 1000,
            debtRecoveryMethod: 0,
            debtAmountType: 1,
            debtRecoveryStartTime: 0,
            debtRecoveryCollectionTime: 0,
            debtRecoveryFrequency: 1,
            debtRecoveryAmount: 10,
            debtRecoveryBalancePercentage: 0,
            ...fields,
          },
        },
      ],
    })
  it('add up, and go down to nothing at most', () => {
    const bench = meterBench()
    bench.send(debt({}))
    bench.send(debt({}))
    expect(prepaymentAttribute(bench, 'debtAmount1')).toBe(2000)
    bench.send(debt({ debtAmount: -5000 }))
    expect(prepaymentAttribute(bench, 'debtAmount1')).toBe(0)
  })
  it.each([
    { debtAmountType: 0 },
    { debtAmountType: 2 },
    { debtRecoveryMethod: 1 },
    { debtRecoveryFrequency: 2 },
    { debtRecoveryAmount: -1 },
    { debtAmountType: 5 },
    { debtAmountType: 5, debtRecoveryMethod: 1, debtRecoveryBalancePercentage: 10_001 },
  ])('leave everything as it was with %o', (fields) => {
    const bench = meterBench()
    const before = [...bench.device.items.entries()].filter(([name]) => name.startsWith('prepayment.'))
    expect(statusOf(bench.send(debt(fields)))).toEqual([INVALID_VALUE])
    expect([...bench.device.items.entries()].filter(([name]) => name.startsWith('prepayment.'))).toEqual(before)
  })
})

describe('balances', () => {
  const adjust = (useCase: typeof GCS40a | typeof GCS40b | typeof GCS40c, type: number, value: number) =>
    useCase.command({
      to: meterId,
      parts: [
        {
          item: 'creditAdjustment',
          fields: { issuerEventId: START, startTime: 0, creditAdjustmentType: type, creditAdjustmentValue: value },
        },
      ],
    })
  const read = (bench: Bench) =>
    bench.send(
      GCS60.command({
        to: meterId,
        parts: [
          { item: 'readMetering', fields: {} },
          { item: 'readPrepayment', fields: {} },
        ],
      }),
    ).value.attributes
  it('are two: of prepayment, and of the bill, from which credit is taken off', () => {
    const bench = meterBench()
    bench.send(adjust(GCS40a, 0, 700))
    bench.send(adjust(GCS40c, 3, 300))
    expect(read(bench)).toMatchObject({ creditRemaining: 700, billToDateDelivered: 2 ** 32 - 300 })
    bench.send(adjust(GCS40b, 1, 0))
    expect(read(bench)).toMatchObject({ creditRemaining: 0, billToDateDelivered: 2 ** 32 - 300 })
  })
  it('are not adjusted at a time to come: that use case is not dated', () => {
    const bench = meterBench()
    const later = GCS40a.command({
      to: meterId,
      parts: [
        {
          item: 'creditAdjustment',
          fields: { issuerEventId: START, startTime: START + 60, creditAdjustmentType: 0, creditAdjustmentValue: 1 },
        },
      ],
    })
    expect(statusOf(bench.send(later))).toEqual([0x85])
    expect(bench.device.futureDated.all()).toEqual([])
  })
  it('stay as they are when the second of three orders fails, but for the first', () => {
    const bench = meterBench()
    const one = (creditAdjustmentValue: number) => ({
      item: 'creditAdjustment' as const,
      fields: { issuerEventId: START, startTime: 0, creditAdjustmentType: 0, creditAdjustmentValue },
    })
    bench.device.faults.inject(zclFaultKey(prepayment.id, 'command', 0x05), 0xc0, 1, 1)
    const command = GCS40a.command({ to: meterId, parts: [one(1), one(10), one(100)] })
    expect(statusOf(bench.send(command))).toEqual([0, 0xc0, FAILURE])
    expect(read(bench)).toMatchObject({ creditRemaining: 1 })
  })
  it('do not leave 32 bits', () => {
    const bench = meterBench()
    bench.send(adjust(GCS40a, 0, 0x7fffffff))
    expect(statusOf(bench.send(adjust(GCS40a, 0, 1)))).toEqual([INVALID_VALUE])
    expect(() => bench.send(adjust(GCS40a, 4, 1))).toThrow(/itemNotInUseCase/)
    expect(read(bench)).toMatchObject({ creditRemaining: 0x7fffffff })
  })
})

describe('calendars', () => {
  const entries = (count: number) => Array.from({ length: count }, (_, n) => ({ startMinute: n * 60, value: 1 }))
  it('refuse days whose minutes are not in order', () => {
    const bench = meterBench()
    const wrong = tariff({
      day: [
        { startMinute: 60, value: 1 },
        { startMinute: 0, value: 2 },
      ],
      prices: [1],
    })
    // what stands before the failing part stands; what comes after it is not attempted
    expect(statusOf(bench.send(wrong))).toEqual([0, INVALID_VALUE, ...Array.from({ length: 6 }, () => FAILURE)])
    const tooLate = tariff({ day: [{ startMinute: 1440, value: 1 }], prices: [1] })
    expect(statusOf(bench.send(tooLate))[1]).toBe(INVALID_VALUE)
  })
  it('have no more days than there is room for', () => {
    const bench = meterBench()
    const [head, day] = calendarParts(START, 0, entries(1))
    const days = [1, 2, 3, 4, 5].map((dayId) => ({ ...day, fields: { ...day?.fields, dayId } }))
    const command = GCS01a.command({
      to: meterId,
      parts: [head, ...days].flatMap((part) => (part ? [part as never] : [])),
    })
    expect(statusOf(bench.send(command))).toEqual([0, 0, 0, 0, 0, 0x89])
  })
  it('are read by what they are for, or by their identifier', () => {
    const bench = meterBench()
    bench.send(tariff({ day: entries(2), prices: [1, 2, 3, 4] }))
    bench.send(prepaymentSettings({}, entries(3)))
    const days = (issuerCalendarId: number): unknown =>
      bench.send(
        GCS21b.command({
          to: meterId,
          parts: [
            {
              item: 'getDayProfiles',
              fields: { providerId: 0, issuerCalendarId, startDayId: 1, numberOfDays: 0 },
            },
          ],
        }),
      ).value.commands[0]?.fields['totalNumberOfScheduleEntries']
    expect([0xffffffff, 0xfffffffe, START, START + 1].map(days)).toEqual([2, 3, 2, 3])
    expect(days(12345)).toBeUndefined()
  })
})

describe('the price that holds now', () => {
  const price = (bench: Bench) =>
    bench.send(GCS21f.command({ to: meterId, parts: [{ item: 'getCurrentPrice', fields: { commandOptions: 0 } }] }))
  it('is that of the tier, and for how long it holds', () => {
    const bench = meterBench()
    bench.send(
      tariff({
        day: [
          { startMinute: 0, value: 2 },
          { startMinute: 600, value: 3 },
        ],
        prices: [10, 20, 30, 40],
      }),
    )
    expect(price(bench).value.commands[0]?.fields).toMatchObject({ price: 20, durationInMinutes: 600 })
    bench.advance(36_000)
    expect(price(bench).value.commands[0]?.fields).toMatchObject({ price: 30, durationInMinutes: 840 })
  })
  it('is that of the block', () => {
    const bench = meterBench()
    bench.send(tariff({ thresholdsWh: [1000, 2000, 3000], prices: [10, 20, 30, 40] }))
    expect(price(bench).value.commands[0]?.fields).toMatchObject({ price: 10, numberOfPriceTiersAndRegisterTier: 0 })
    setDemand(bench.device, 100)
    bench.advance(3600)
    expect(price(bench).value.commands[0]?.fields).toMatchObject({ price: 20 })
  })
  it('is not to be found without a tariff', () => {
    expect(statusOf(price(meterBench()))).toEqual([0x8b])
  })
})

describe('billing periods', () => {
  const set = (fields: object) =>
    GCS25a.command({
      to: meterId,
      parts: [
        {
          item: 'publishBillingPeriod',
          fields: {
            providerId: 0,
            issuerEventId: START,
            billingPeriodStartTime: START,
            billingPeriodDuration: 1,
            billingPeriodDurationType: 0x23,
            tariffType: 0,
            ...fields,
          },
        },
      ],
    })
  it.each([{ billingPeriodDuration: 0 }, { billingPeriodDurationType: 0x24 }])('are none with %o', (fields) => {
    expect(statusOf(meterBench().send(set(fields)))).toEqual([INVALID_VALUE])
  })
  it('of months end on the same day of each month, or its last', () => {
    const bench = meterBench()
    const day31 = START + 30 * 86_400
    bench.send(set({ billingPeriodStartTime: day31 }))
    const read = bench.send(
      GCS21k.command({
        to: meterId,
        parts: [
          {
            item: 'getBillingPeriod',
            fields: { earliestStartTime: 0, minIssuerEventId: 0xffffffff, numberOfCommands: 1, tariffType: 0 },
          },
        ],
      }),
    )
    expect(read.value.commands[0]?.fields).toMatchObject({ billingPeriodStartTime: day31, billingPeriodDuration: 1 })
    bench.advance(95 * 86_400)
    const days = [...bench.device.log('snapshots.billing').entries()].map(({ time }) => (time - START) / 86_400)
    expect(days).toEqual([30, 58, 89])
  })
  it('keep 12 snapshots, and read them oldest first', () => {
    const bench = meterBench()
    bench.send(set({ billingPeriodDurationType: 0x21 }))
    bench.advance(14 * 86_400)
    const get = (snapshotOffset: number) =>
      bench.send(
        GCS15c.command({
          to: meterId,
          parts: [
            {
              item: 'getSnapshot',
              fields: {
                earliestStartTime: 0,
                latestEndTime: 0xfffffffe,
                snapshotOffset,
                snapshotCause: 2,
              },
            },
          ],
        }),
      ).value.commands[0]?.fields
    expect(get(0)).toMatchObject({ snapshotTime: START + 3 * 86_400, totalSnapshotsFound: 12 })
    expect(get(11)).toMatchObject({ snapshotTime: START + 14 * 86_400 })
    expect(get(12)).toMatchObject({ status: 0x8b })
  })
})
