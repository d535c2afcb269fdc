import { restoreSnapshot, takeSnapshot, readZclAttribute } from '@smets2-sim/firmware'
import {
  CS10a,
  CS10b,
  CS11,
  GCS01a,
  GCS02,
  GCS03,
  GCS04,
  GCS07,
  GCS11,
  GCS15c,
  GCS15e,
  GCS20r,
  GCS21b,
  GCS21f,
  GCS21k,
  GCS25a,
  GCS28,
  GCS36,
  GCS40a,
  GCS40b,
  GCS40c,
  GCS60,
} from '@smets2-sim/gbcs'
import { metering, prepayment } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { display, enterTopUp, gsme, setDemand, setPrivacyPin, stimuli, allowAccess } from './index.js'
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
  it.each([0x0000, 0x0496, 0xffff])('is none of %i', (control) => {
    const bench = meterBench()
    expect(statusOf(bench.send(prepaymentMode(control)))).toEqual([INVALID_VALUE])
    expect(display(bench.device).paymentMode).toBe('credit')
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
            proposedPaymentControlConfiguration: 0x1234,
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
  it('do not leave 32 bits', () => {
    const bench = meterBench()
    bench.send(adjust(GCS40a, 0, 0x7fffffff))
    expect(statusOf(bench.send(adjust(GCS40a, 0, 1)))).toEqual([INVALID_VALUE])
    expect(statusOf(bench.send(adjust(GCS40a, 4, 1)))).toEqual([INVALID_VALUE])
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

describe('what the consumer is shown', () => {
  it('is a message while it lasts', () => {
    const bench = meterBench()
    const message = (startTime: number, durationInMinutes: number) =>
      GCS07.command({
        to: meterId,
        parts: [
          {
            item: 'displayMessage',
            fields: {
              messageId: 1,
              messageControl: 0,
              startTime,
              durationInMinutes,
              message: new TextEncoder().encode('Hello'),
            },
          },
        ],
      })
    bench.send(message(START + 600, 10))
    expect(display(bench.device).message).toBeUndefined()
    bench.advance(600)
    expect(display(bench.device).message).toEqual(new TextEncoder().encode('Hello'))
    bench.advance(600)
    expect(display(bench.device).message).toBeUndefined()
    bench.send(message(0, 0xffff))
    bench.advance(100 * 86_400)
    expect(display(bench.device).message).toBeDefined()
  })
  it('is a CIN of 4 octets', () => {
    const bench = meterBench()
    const cin = (octets: number[]) =>
      GCS36.command({
        to: meterId,
        parts: [
          {
            item: 'updateCin',
            fields: { issuerEventId: START, cinTime: 0, providerId: 0, customerIDNumber: Uint8Array.from(octets) },
          },
        ],
      })
    expect(bench.send(cin([1, 2, 3, 4]), 'accessControlBroker').ok).toBe(true)
    expect(statusOf(bench.send(cin([1, 2, 3]), 'accessControlBroker'))).toEqual([INVALID_VALUE])
    expect(display(bench.device).customerIdentification).toEqual(Uint8Array.of(1, 2, 3, 4))
  })
  it('is behind a PIN, until the supplier takes it away', () => {
    const bench = meterBench()
    expect(setPrivacyPin(bench.device, '12345')).toBe(false)
    setPrivacyPin(bench.device, '1234')
    expect(allowAccess(bench.device, '0000')).toBe(false)
    const disable = GCS11.command({
      to: meterId,
      parts: [
        {
          item: 'requestNewPasswordResponse',
          fields: {
            issuerEventId: START,
            implementationDateTime: 0,
            durationInMinutes: 0,
            passwordType: 2,
            password: new Uint8Array(0),
          },
        },
      ],
    })
    bench.send(disable)
    expect(allowAccess(bench.device, '0000')).toBe(true)
  })
})

describe('logs', () => {
  const log = (bench: Bench, useCase: typeof CS10a | typeof CS10b, eventControlLogId: number, fields: object = {}) =>
    bench.send(
      useCase.command({
        to: meterId,
        parts: [
          {
            item: 'getEventLog',
            fields: {
              eventControlLogId,
              eventId: 0,
              startTime: 0,
              endTime: 0xfffffffe,
              numberOfEvents: 0,
              eventOffset: 0,
              ...fields,
            },
          },
        ],
      }),
    )
  const codes = (answer: ReturnType<typeof log>): number[] =>
    (answer.value.commands[0]?.fields['logPayload'] as { entries: { eventId: number }[] } | undefined)?.entries.map(
      ({ eventId }) => eventId,
    ) ?? []
  it('hold every command with its code, and are cleared but for the security log', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    const first = log(bench, CS10a, 0x13)
    expect(first.value.commands[0]?.fields['logPayload']).toMatchObject({
      entries: [{ logId: 3, eventId: 0x8154, data: Uint8Array.of(0x00, 0x6d) }],
    })
    expect(codes(log(bench, CS10a, 0x13, { eventId: 0x8155 }))).toEqual([])
    const clear = (logId: number) =>
      bench.send(CS11.command({ to: meterId, parts: [{ item: 'clearEventLogRequest', fields: { logId } }] })).value
        .commands[0]?.fields['clearedEventsLogs']
    expect(clear(3)).toBe(8)
    expect(codes(log(bench, CS10a, 0x13))).toEqual([0x8154])
    expect(clear(4)).toBe(0)
    expect(codes(log(bench, CS10b, 4))).toEqual([0x8f52])
  })
  it('are read in parts', () => {
    const bench = meterBench()
    for (let i = 0; i < 4; i++) bench.send(prepaymentMode())
    const part = log(bench, CS10a, 0x13, { numberOfEvents: 2, eventOffset: 1 })
    expect(part.value.commands[0]?.fields['totalNumberOfEvents']).toBe(4)
    expect(codes(part)).toHaveLength(2)
    expect(codes(log(bench, CS10a, 0x13, { eventOffset: 20 }))).toEqual([])
  })
  it('of top-ups are read newest first, and only from a date on', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    for (let n = 1; n <= 7; n++) {
      enterTopUp(bench.device, bench.token(n, n))
      bench.advance(60)
    }
    const read = (fromDateTime: number) =>
      bench.send(
        GCS15e.command({
          to: meterId,
          parts: [{ item: 'getTopUpLog', fields: { latestEndTime: 0xfffffffe, numberOfRecords: 5 }, fromDateTime }],
        }),
      ).value.commands[0]?.fields['topUpPayload'] as { amount: number }[] | undefined
    expect(read(0)?.map(({ amount }) => amount)).toEqual([7000, 6000, 5000, 4000, 3000])
    expect(read(START + 300)?.map(({ amount }) => amount)).toEqual([7000, 6000])
    expect(read(START + 3600)).toBeUndefined()
  })
  it('say how events are configured, in the order of their codes', () => {
    const bench = meterBench()
    const read = (eventId: number) =>
      bench.send(GCS20r.command({ to: meterId, parts: [{ item: 'getEventConfiguration', fields: { eventId } }] }))
    expect(read(0x81c4).value.commands[0]?.fields['eventConfigurationPayload']).toEqual(Uint8Array.of(0xc4, 0x81, 0x1b))
    expect(statusOf(read(0x8f0f))).toEqual([0x8b])
    expect((read(0x81ff).value.commands[0]?.fields['eventConfigurationPayload'] as Uint8Array).length).toBe(3 * 44)
  })
})

describe('time', () => {
  it('is set within an interval by the hub, else it is doubtful', () => {
    const bench = meterBench({ timeSource: () => bench.clock.time + 7 })
    const set = (start: string, end: string) =>
      bench.send(GCS28.command({ to: meterId, value: { validityIntervalStart: start, validityIntervalEnd: end } }))
        .value
    expect(set('20260101000000Z', '20260101000100Z')).toMatchObject({
      deviceTime: '20260101000007Z',
      deviceTimeStatus: 0,
    })
    expect(set('20260101010000Z', '20260101020000Z')).toMatchObject({ deviceTimeStatus: 2 })
    expect(bench.device.clock.status).toBe('unreliable')
  })
})

describe('time after a loss of power', () => {
  it('is doubtful until it was compared with the hub', () => {
    const bench = meterBench({ timeSource: () => bench.clock.time })
    stimuli.losePower(bench.device)
    expect(bench.device.clock.status).toBe('unreliable')
    bench.advance(86_399)
    expect(bench.device.clock.status).toBe('unreliable')
    bench.advance(1)
    expect(bench.device.clock.status).toBe('reliable')
  })
})

describe('a power cycle', () => {
  it('loses nothing of account, registers, logs and what waits for its time', () => {
    const bench = meterBench()
    bench.send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [1000, 0, 0, 0], startTime: START + 7200 }))
    bench.send(prepaymentMode())
    enterTopUp(bench.device, bench.token(1, 100))
    setDemand(bench.device, 500)
    bench.advance(5000)
    const saved = takeSnapshot(bench.device)
    const again = gsme(meterId, bench.device.ports)
    restoreSnapshot(again, saved)
    expect(display(again)).toEqual(display(bench.device))
    const slots = (device: typeof again): string[] => device.futureDated.all().map(({ slot, at }) => `${at} ${slot}`)
    expect(slots(again)).toEqual(slots(bench.device))
    expect([...again.log('sampledData.profile').entries()]).toEqual([
      ...bench.device.log('sampledData.profile').entries(),
    ])
    bench.clock.time += 5000
    again.tick()
    bench.device.tick()
    expect(display(again)).toEqual(display(bench.device))
    expect(
      readZclAttribute(
        again.profile.zcl as never,
        { device: again, now: again.now },
        metering,
        metering.attributes.currentTier1SummationDelivered.id,
      ).value,
    ).toBe(388)
  })
})
