import { encodeDateTime, fromIso } from '@smets2-sim/cosem'
import {
  ECS10,
  ECS14,
  ECS16,
  ECS17b,
  ECS20a,
  ECS20c,
  ECS20d,
  ECS21a,
  ECS22a,
  ECS22b,
  ECS22c,
  ECS23,
  ECS30,
  ECS35e,
  ECS35g,
  ECS61c,
  ECS62,
  ECS66,
  ECS70,
  ECS82,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../../packages/firmware/src/testing/bench.fixture.js'
import { esme } from '../index.js'
import { debts, executionTimes, prepayment, tariff, toCredit, toPrepayment } from '../testing/settings.fixture.js'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'

const to = deviceId
const ever = { from: 0, to: 0x7fff_ffff }
const DAY_S = 86_400

describe('logs of more than a year', () => {
  it('keep what they have room for, and forget the oldest first', () => {
    const bench = new MeterBench({}, { start: '2024-01-01T00:00:00Z' })
    bench.ask(ECS30.command({ to, billingCalendar: executionTimes(['00000000', 'ffffff01ff']) }))
    bench.ask(toPrepayment())
    bench.meter.load({ watts: 2000 })
    const days = 760
    bench.pass(days * DAY_S)
    // all of it is more than a message can carry
    const read = (from: number, until: number) =>
      bench.send(ECS22b.command({ to, entries: { from, to: until } })).reading
    expect(read(0, bench.now)?.items).toMatchObject([{ result: 14 }])
    const month = 30 * DAY_S
    const profile = Array.from({ length: 26 }, (_, i) => bench.now - (26 - i) * month + 1).flatMap(
      (from) => read(from, from + month - 1)?.value.importProfileLog ?? [],
    )
    expect(profile).toHaveLength(19_056)
    expect(profile[0]).toEqual({ time: bench.now - 19_055 * 1800, primaryWh: 1000 })
    expect(profile.at(-1)?.time).toBe(bench.now)
    const logs = {
      export: bench.ask(ECS22a.command({ to, exportProfileLog: ever })).exportProfileLog,
      reactive: bench.ask(ECS22c.command({ to, reactiveImportProfileLog: ever })).reactiveImportProfileLog,
      consumption: bench.ask(ECS66.command({ to, entries: ever })).dailyConsumptionLog,
      daily: bench.ask(ECS21a.command({ to, entries: ever })).dailyReadLog,
      voltage: bench.ask(ECS23.command({ to, averageRmsVoltageProfileLogPhase1: ever }))
        .averageRmsVoltageProfileLogPhase1,
      ...bench.ask(ECS20c.command({ to, entries: ever })),
    }
    expect(Object.entries(logs).map(([name, log]) => [name, log.length])).toEqual([
      ['export', 4464],
      ['reactive', 4464],
      ['consumption', 731],
      ['daily', 31],
      ['voltage', 4320],
      ['billingCalendarLog', 12],
      ['billingCalendarPrepaymentLog', 12],
    ])
    // the registers have drifted by nothing
    expect(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh).toBe(days * 48_000)
  })
})

describe('short logs', () => {
  it('keep the last five credits, ten repayments, 25 boosts and a hundred actions of controllers', () => {
    const bench = new MeterBench({ controllers: ['alcs'], boostFunction: true })
    bench.ask(prepayment())
    bench.ask(toPrepayment())
    bench.ask(debts({ paymentDebt: 1_000_000, perPayment: 1000 }))
    const boost = (on: boolean) => ({
      boostFunctionControl1: on,
      boostFunctionControl2: false,
      boostFunctionControl3: false,
      boostFunctionControl4: false,
      boostFunctionControl5: false,
    })
    bench.ask(ECS62.command({ to, ...boost(true) }))
    for (let n = 1; n <= 60; n++) {
      bench.pass(1000)
      expect(bench.topUp(bench.token(n)).reading?.ok).toBe(true)
      expect(bench.meter.request({ command: 'activateBoost', minutes: 15 }, 'keypad').ok).toBe(true)
    }
    bench.pass(1000)
    const logs = {
      credits: bench.ask(ECS20d.command({ to, prepaymentCreditLog: ever })).prepaymentCreditLog,
      repayments: bench.ask(ECS20a.command({ to, debtPaymentLog: ever })).debtPaymentLog,
      boosts: bench.ask(ECS61c.command({ to, boostFunctionEventLog: ever })).boostFunctionEventLog,
      controllers: bench.ask(ECS35g.command({ to, auxiliaryControllerEventLog: ever })).auxiliaryControllerEventLog,
    }
    expect(Object.values(logs).map(({ length }) => length)).toEqual([5, 10, 25, 100])
    expect(logs.credits.map(({ amountMillipence }) => amountMillipence)).toEqual([
      56_000, 57_000, 58_000, 59_000, 60_000,
    ])
    expect(logs.repayments.map(({ amountMillipence }) => amountMillipence).slice(-2)).toEqual([5_900, 6_000])
  })
})

describe('a power cycle', () => {
  it('loses nothing but what the user was about to type', () => {
    const bench = new MeterBench({ variant: 'polyphase', controllers: ['alcs'] })
    bench.ask(tariff({ standingCharge: 500 }))
    bench.ask(prepayment())
    bench.ask(toPrepayment())
    bench.topUp(bench.token(700))
    bench.ask(toCredit('2026-01-03T00:00:00Z'))
    bench.meter.load({ watts: 1234 })
    bench.meter.openTerminalCover()
    bench.pass(30_000)
    bench.meter.outage(2)
    bench.pass(100)
    const state = () => [
      bench.meter.readings(),
      bench.meter.history(),
      new Map(bench.meter.items.entries()),
      ...[...bench.meter.usedLogs()].map(([name, log]) => [name, [...log.entries()]]),
    ]
    bench.type('1')
    const before = state()
    bench.meter.powerCycle()
    expect(state()).toEqual(before)
    // what waits for its time still does
    bench.passUntil('2026-01-03T00:00:00Z')
    expect(bench.meter.readings().paymentMode).toBe('credit')
  })

  it('of a meter that is made again from its store, too', () => {
    const store = memoryStore()
    const bench = new MeterBench({ variant: 'twinElement' }, { ports: { store } })
    bench.meter.load({ watts: 1000 })
    bench.pass(7200)
    const again = esme(deviceId, bench.meter.ports, { variant: 'singleElement' })
    expect(again.hardware.variant).toBe('twinElement')
    expect(again.readings()).toEqual(bench.meter.readings())
    bench.clock.time += 3600
    expect(again.readings().register).toBe(3000)
  })
})

describe('an outage', () => {
  it('is recorded with its times, darkens the display, and holds back what is to be sent', () => {
    const bench = new MeterBench({})
    bench.ask(ECS30.command({ to, billingCalendar: executionTimes(['00000000', 'ffffffffff']) }))
    bench.meter.load({ watts: 1000 })
    bench.passUntil('2026-01-01T23:59:00Z')
    bench.meter.outage()
    expect([bench.meter.isPowered, bench.meter.display().title, bench.meter.press('next').title]).toEqual([
      false,
      '',
      '',
    ])
    bench.pass(600)
    // the billing data log was updated at midnight, in the dark
    expect(bench.heard()).toEqual([])
    bench.meter.restore()
    expect(bench.heard()).toEqual(['billingDataLogUpdated', 'supplyOutageRestoredOutageOf3MinutesOrMore'])
    expect(bench.meter.readings().register).toBe(23_983)
    const log = bench.ask(ECS35e.command({ to, powerEventLog: ever })).powerEventLog
    expect(log.map(({ time, code }) => [time, code])).toEqual([
      [bench.now - 600, 0x8f57],
      [bench.now, 0x8f36],
    ])
  })
})

describe('setting the clock', () => {
  it('sets it within the interval, and takes no energy and no record from the world', () => {
    const bench: MeterBench = new MeterBench({}, { ports: { timeSource: () => bench.now } })
    bench.meter.load({ watts: 3600 })
    bench.pass(1000)
    bench.meter.clock.drift(-500)
    const at = (time: number) => encodeDateTime(time)
    const set = (from: number, until: number) =>
      bench.ask(
        ECS70.command({
          to,
          clockClockBase: 5,
          clockPresetAdjustingTime: {
            preset: new Uint8Array(12).fill(0xff),
            validityStart: at(from),
            validityEnd: at(until),
          },
        }),
      )
    expect(set(bench.now + 10, bench.now + 20).clockStatus).not.toBe(0)
    expect(bench.meter.now).toBe(bench.now - 500)
    expect(set(bench.now - 10, bench.now + 10)).toMatchObject({ clockStatus: 0, clockTime: at(bench.now) })
    expect(bench.meter.now).toBe(bench.now)
    bench.pass(800)
    expect(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh).toBe(1800)
    expect(bench.ask(ECS22b.command({ to, entries: ever })).importProfileLog).toEqual([
      { time: fromIso('2026-01-01T00:30:00Z'), primaryWh: 1800 },
    ])
  })
})

describe('the user', () => {
  const shown = (bench: MeterBench): Record<string, string> =>
    Object.fromEntries(bench.meter.screens().map(({ title, text }) => [title, text]))

  it('reads what SMETS asks a meter to show', () => {
    const bench = new MeterBench({ activeImportWh: 1_234_567 })
    bench.ask(ECS16.command({ to, supplierName: 'A Supplier', supplierTelephoneNumber: '0800 000000' }))
    bench.ask(ECS10.command({ to, supplierMessage: 'Happy New Year' }))
    expect(shown(bench)).toMatchObject({
      Supply: 'enabled',
      'Payment mode': 'credit',
      Import: '1234.567 kWh',
      Message: 'Happy New Year',
      Supplier: 'A Supplier 0800 000000',
    })
  })
  it('protects personal screens by a PIN, until the supplier takes it off', () => {
    const bench = new MeterBench({})
    const show = (title: string): string => {
      for (let i = 0; bench.meter.display().title !== title && i < 20; i++) bench.meter.press('next')
      return bench.meter.display().text
    }
    show('Privacy PIN')
    bench.meter.press('select')
    bench.type('2468')
    expect(show('Import')).toBe('PIN needed')
    bench.meter.press('select')
    bench.type('1111')
    expect(bench.logged('event')).toContain(0x8162)
    expect(bench.meter.press('back') && show('Import')).toBe('PIN needed')
    bench.meter.press('select')
    bench.type('2468')
    bench.meter.press('back')
    expect(show('Import')).toBe('0.000 kWh')
    bench.pass(200)
    expect(show('Import')).toBe('PIN needed')
    bench.ask(ECS14.command({ to, privacyPin: new Uint8Array(0) }))
    expect(show('Import')).toBe('0.000 kWh')
    expect(bench.ask(ECS82.command({ to })).meterBalance).toBe(0)
  })
})
