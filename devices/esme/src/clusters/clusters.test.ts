import { toLatin1 } from '@smets2-sim/bytes'
import { han, type HanCommand, type HanFields, type HanOutcome } from '@smets2-sim/firmware'
import {
  calendar,
  type Cluster,
  clusters,
  deviceManagement,
  events,
  metering,
  prepayment,
  price,
} from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { daily, specialDays } from '../metering/metering.fixture.js'
import { ids, ServedEsme, testClock } from './home.fixture.js'
import { electricityServers } from './index.js'

const START = '2026-03-01T00:00:00Z'
/** 1 p to 48 p in registers 1 to 48; 101 and above in blocks. */
const prices = {
  touMillipencePerKwh: Array.from({ length: 48 }, (_, i) => 1000 * (i + 1)),
  blockMillipencePerKwh: Array.from({ length: 32 }, (_, i) => 1000 * (i + 101)),
}

function served(start = START, options: ConstructorParameters<typeof ServedEsme>[2] = {}) {
  const clock = testClock(start)
  const network = new han.DirectHan()
  const esme = new ServedEsme(network, clock, options)
  const port = network.port(ids.ppmid)
  const read = (cluster: Cluster, ...names: string[]): unknown => {
    let found: unknown
    port.read(ids.esme, cluster, names, (outcome) => (found = outcome.kind === 'answered' ? outcome.value : outcome))
    return found
  }
  const ask = (cluster: Cluster, name: string, fields: HanFields, response?: string): HanOutcome<HanFields> => {
    let found: HanOutcome<HanFields> | undefined
    const command: HanCommand = { cluster, name, fields }
    port.command(ids.esme, command, response, (outcome) => (found = outcome))
    return found as HanOutcome<HanFields>
  }
  return { clock, network, esme, read, ask }
}
const fieldsOf = (outcome: HanOutcome<HanFields>): HanFields =>
  outcome.kind === 'answered' ? outcome.value : { refused: outcome }

describe('the tables', () => {
  it('have a row for attributes and commands that are in the cluster’s table only', () => {
    for (const { cluster, attributes, commands } of electricityServers) {
      const table = clusters.get(cluster.id) as Cluster
      for (const name of Object.keys(attributes)) expect(table.attributes).toHaveProperty(name)
      for (const name of Object.keys(commands)) expect(table.toServer).toHaveProperty(name)
    }
  })
  it('give every attribute a value that its type can carry, from the first second on', () => {
    const { read } = served()
    for (const { cluster, attributes } of electricityServers)
      for (const name of Object.keys(attributes)) expect(read(cluster, name)).toHaveProperty(name)
  })
  it('let displays read, prepayment displays act, and load switches ask', () => {
    const writes = electricityServers.flatMap(({ commands }) =>
      Object.entries(commands).filter(([, { from }]) => !from.includes('type2')),
    )
    expect(writes.map(([name, { from, messageCode }]) => [name, from, messageCode])).toEqual([
      ['localChangeSupply', ['ppmid'], 0x0118],
      ['selectAvailableEmergencyCredit', ['ppmid'], 0x0117],
      ['consumerTopUp', ['ppmid'], 0x0116],
      ['reportEventStatus', ['hcalcs'], undefined],
      ['getScheduledEvents', ['hcalcs'], 0x0119],
    ])
  })
})

describe('metering and price', () => {
  it('show registers, demand and history as they are now', () => {
    const { clock, esme, read } = served()
    esme.load(3600)
    clock.time += 3600
    expect(
      read(
        metering,
        'currentSummationDelivered',
        'instantaneousDemand',
        'currentTier1SummationDelivered',
        'currentDayConsumptionDelivered',
        'readingSnapshotTime',
      ),
    ).toEqual({
      currentSummationDelivered: 3600,
      instantaneousDemand: 3600,
      currentTier1SummationDelivered: 3600,
      currentDayConsumptionDelivered: 3600,
      readingSnapshotTime: clock.time,
    })
  })
  it('show the price of the register and of the block that are active', () => {
    const { clock, ask, read } = served(START, {
      tariff: {
        prices,
        tariffSwitchingTable: daily(['000000', 3], ['010000', 40], ['020000', 102]),
        standingChargeMillipencePerDay: 27_000,
      },
    })
    const priceAt = (hour: number): unknown => {
      clock.time += hour * 3600 + 1
      const publish = ask(price, 'getCurrentPrice', { commandOptions: 0 }, 'publishPrice')
      const { rateLabel, price: amount, priceTrailingDigitAndPriceTier: tier } = fieldsOf(publish)
      return [toLatin1(rateLabel as Uint8Array), amount, tier]
    }
    expect([0, 1, 1].map(priceAt)).toEqual([
      ['TOU 3', 3_000, 0x53],
      ['TOU 40', 40_000, 0x5f],
      ['TOU 2 block 1', 102_000, 0x50],
    ])
    expect(read(price, 'standingCharge', 'tier2Block1Price', 'noTierBlock2Price', 'currency')).toEqual({
      standingCharge: 27_000,
      tier2Block1Price: 2_000,
      noTierBlock2Price: 109_000,
      currency: 826,
    })
  })
  it('are never more than the wire carries', () => {
    const { clock, esme, read } = served()
    esme.load(9_000_000)
    clock.time += 10 * 3600
    expect(
      read(metering, 'currentDayConsumptionDelivered', 'currentMonthConsumptionDelivered', 'instantaneousDemand'),
    ).toEqual({
      currentDayConsumptionDelivered: 0xfffffe,
      currentMonthConsumptionDelivered: 90_000_000,
      instantaneousDemand: 0x7fffff,
    })
  })
})

describe('prepayment', () => {
  it('shows mode, balance, debts and thresholds', () => {
    const { read } = served(START, {
      account: {
        paymentMode: 'prepayment',
        meterBalanceMillipence: -5,
        timeDebtsMillipence: [1, 2],
        paymentDebtMillipence: 3,
        accumulatedDebtMillipence: 4,
      },
      settings: { lowCreditThresholdMillipence: 9, disablementThresholdMillipence: -100 },
    })
    expect(
      read(
        prepayment,
        'paymentControlConfiguration',
        'creditRemaining',
        'debtAmount1',
        'debtAmount2',
        'debtAmount3',
        'accumulatedDebt',
        'lowCreditWarning',
        'cutOffValue',
        'creditStatus',
      ),
    ).toEqual({
      paymentControlConfiguration: 0x0897,
      creditRemaining: -5,
      debtAmount1: 1,
      debtAmount2: 2,
      debtAmount3: 3,
      accumulatedDebt: 4,
      lowCreditWarning: 9,
      cutOffValue: -100,
      creditStatus: 0x02,
    })
  })
})

describe('device management, events and calendar', () => {
  it('name the supplier and the thresholds', () => {
    const { read } = served(START, { config: { lowMediumPowerThresholdW: 500, mediumHighPowerThresholdW: 1500 } })
    const { providerName, ...thresholds } = read(
      deviceManagement,
      'providerName',
      'lowMediumThreshold',
      'mediumHighThreshold',
    ) as { providerName: Uint8Array }
    expect(toLatin1(providerName)).toBe('Volt & Co')
    expect(thresholds).toEqual({ lowMediumThreshold: 500, mediumHighThreshold: 1500 })
  })
  it('give the newest events of the event log, and no security log', () => {
    const { ask } = served()
    const topUp = { originatingDevice: 2, topUpCode: new Uint8Array(20) }
    for (let i = 0; i < 6; i++) ask(prepayment, 'consumerTopUp', topUp, 'consumerTopUpResponse')
    const request = { eventId: 0, startTime: 0, endTime: 0xffffffff, numberOfEvents: 0, eventOffset: 0 }
    const log = fieldsOf(ask(events, 'getEventLog', { ...request, eventControlLogId: 0x03 }, 'publishEventLog'))
    const { entries } = log['logPayload'] as { entries: readonly { eventId: number; data: Uint8Array }[] }
    expect(log['totalNumberOfEvents']).toBe(6)
    expect(entries).toHaveLength(4)
    expect(entries[0]).toMatchObject({ eventId: 0x8155, data: Uint8Array.of(0x01, 0x16) })
    const SECURITY = 0x04
    expect(ask(events, 'getEventLog', { ...request, eventControlLogId: SECURITY }, 'publishEventLog')).toEqual({
      kind: 'refused',
      status: 0x8b,
    })
  })
  it('give the tariff switching table, part by part', () => {
    const { ask } = served(START, {
      tariff: {
        tariffSwitchingTable: daily(['000000', 2], ['070000', 1], ['233000', 2]),
        tariffSpecialDays: specialDays(['07ea0c19ff', 1]),
      },
    })
    const all = { providerId: 0, issuerCalendarId: 0xffffffff }
    const from = { earliestStartTime: 0, minIssuerEventId: 0, numberOfCalendars: 1, calendarType: 0, providerId: 0 }
    expect(fieldsOf(ask(calendar, 'getCalendar', from, 'publishCalendar'))).toMatchObject({
      issuerCalendarId: 0xffffffff,
      numberOfSeasons: 1,
      numberOfWeekProfiles: 1,
      numberOfDayProfiles: 1,
    })
    const days = ask(calendar, 'getDayProfiles', { ...all, startDayId: 1, numberOfDays: 0 }, 'publishDayProfile')
    expect(fieldsOf(days)).toMatchObject({
      dayId: 1,
      dayScheduleEntries: [
        { startMinute: 0, value: 2 },
        { startMinute: 420, value: 1 },
        { startMinute: 1410, value: 2 },
      ],
    })
    expect(ask(calendar, 'getDayProfiles', { ...all, startDayId: 2, numberOfDays: 0 }, 'publishDayProfile')).toEqual({
      kind: 'refused',
      status: 0x8b,
    })
    const weeks = ask(calendar, 'getWeekProfiles', { ...all, startWeekId: 1, numberOfWeeks: 1 }, 'publishWeekProfile')
    expect(fieldsOf(weeks)).toMatchObject({ weekId: 1, dayIdRefMonday: 1, dayIdRefSunday: 1 })
    const seasons = ask(calendar, 'getSeasons', all, 'publishSeasons')
    expect(fieldsOf(seasons)['seasonEntry']).toEqual([
      { startDate: { year: 255, month: 1, day: 1, dayOfWeek: 255 }, weekId: 1 },
    ])
    const special = { ...all, startTime: 0, numberOfEvents: 0, calendarType: 0 }
    expect(fieldsOf(ask(calendar, 'getSpecialDays', special, 'publishSpecialDays'))['specialDayEntry']).toEqual([
      { date: { year: 126, month: 12, day: 25, dayOfWeek: 255 }, dayId: 1 },
    ])
  })
})
