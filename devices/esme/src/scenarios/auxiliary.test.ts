import { fromHex } from '@smets2-sim/bytes'
import { encodeDateTime, EPOCH_2000, fromIso, logicalName, logicalNameBytes } from '@smets2-sim/cosem'
import {
  ECS15c,
  ECS26c,
  ECS35g,
  ECS38,
  ECS46c,
  ECS46d,
  ECS47,
  ECS47a,
  ECS47e,
  ECS61a,
  ECS61c,
  ECS61e,
  ECS62,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import type { ActuatorOrder } from '../index.js'
import { at } from '../testing/settings.fixture.js'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'

const to = deviceId
const scripts = logicalNameBytes(logicalName('0-0:10.0.103.255'))
const entry = (index: number, selector: number, hour: number) => ({
  index,
  enable: true,
  script: scripts,
  selector,
  switchTime: Uint8Array.of(hour, 0, 0, 0),
  validityWindow: 0xffff,
  weekdays: '1111111',
  specialDays: '',
  beginDate: fromHex('ffffffffff'),
  endDate: fromHex('ffffffffff'),
})
const calendar = (entries: readonly ReturnType<typeof entry>[], from?: string) =>
  ECS46d.command({
    to,
    auxiliaryControllerSpecialDaysNext: [],
    auxiliaryControllerCalendarNext: entries,
    auxiliaryControllerCalendarActivation: at(from),
    auxiliaryControllerSpecialDaysActivation: at(from),
  })

/** Switch 1 is in the meter, switch 2 on the home network; controller 4 is proportional. */
function meter() {
  const bench = new MeterBench({ controllers: ['alcs', 'hcalcs', 'none', 'apc'], boostFunction: true })
  const orders: ActuatorOrder[] = []
  bench.meter.onActuatorOrder((order) => orders.push(order))
  return { bench, orders }
}
const switches = (bench: MeterBench): boolean[] => {
  const read = bench.ask(ECS61a.command({ to }))
  return [read.auxiliaryLoadControlSwitch1, read.auxiliaryLoadControlSwitch2, read.auxiliaryLoadControlSwitch4]
}
const log = (bench: MeterBench) =>
  bench
    .ask(ECS35g.command({ to, auxiliaryControllerEventLog: { from: 0, to: 0x7fff_ffff } }))
    .auxiliaryControllerEventLog.map(({ selector, outcome }) => [selector, outcome])

describe('auxiliary controllers', () => {
  it('follow their calendar, later by the offset that the meter has drawn', () => {
    const { bench } = meter()
    bench.ask(calendar([entry(1, 0x0101, 6), entry(2, 0x0102, 8)]))
    bench.ask(ECS38.command({ to, randomisedOffsetLimit: 600 }))
    const { randomisedOffset: offset, randomisedOffsetNumber: number } = bench.ask(ECS26c.command({ to }))
    expect(offset).toBe(Math.round((number * 600) / 10_000))
    bench.pass(6 * 3600 + offset - 1)
    expect(switches(bench)[0]).toBe(false)
    bench.pass(1)
    expect(switches(bench)[0]).toBe(true)
    bench.pass(2 * 3600)
    expect(switches(bench)[0]).toBe(false)
    expect(log(bench)).toEqual([
      [0x0101, 1],
      [0x0102, 1],
    ])
    bench.ask(ECS15c.command({ to }))
    expect(log(bench)).toEqual([])
    expect(bench.logged('security')).toContain(0x8f52)
  })

  it('change over to another calendar at its date', () => {
    const { bench } = meter()
    bench.ask(calendar([entry(1, 0x0101, 0)]))
    bench.ask(calendar([entry(1, 0x0102, 0)], '2026-01-02T12:00:00Z'))
    bench.passUntil('2026-01-02T11:59:59Z')
    expect(switches(bench)[0]).toBe(true)
    bench.pass(1)
    expect(switches(bench)[0]).toBe(false)
  })

  it('are set by command for a time, and given back to their calendar', () => {
    const { bench, orders } = meter()
    bench.ask(
      ECS47a.command({
        to,
        auxiliaryController4SettingStart: encodeDateTime(fromIso('2026-01-01T01:00:00Z')),
        auxiliaryController4SettingEnd: encodeDateTime(fromIso('2026-01-01T02:00:00Z')),
        auxiliaryLoadControlScripts: 0x1432,
      }),
    )
    bench.pass(3600)
    expect(bench.ask(ECS61e.command({ to })).auxiliaryController4StateInformation).toBe(
      '{"outputState": 50, "inputState": 0}',
    )
    bench.pass(3600)
    expect(bench.ask(ECS61e.command({ to }))).toMatchObject({
      auxiliaryController3StateInformation: '{}',
      auxiliaryController4StateInformation: '{"outputState": 0, "inputState": 0}',
    })
    expect(orders).toMatchObject([
      { kind: 'level', controller: 4, level: 50 },
      { kind: 'level', controller: 4, level: 0 },
    ])
    // minutes, as earlier meters are told
    bench.ask(
      ECS47.command({ to, auxiliaryController1SettingStart: { minutes: 30 }, auxiliaryLoadControlScripts: 0x0111 }),
    )
    expect(switches(bench)[0]).toBe(true)
    bench.pass(1800)
    expect(switches(bench)[0]).toBe(false)
    bench.ask(ECS47.command({ to, auxiliaryLoadControlScripts: 0x0111 }))
    bench.pass(86_400)
    expect(switches(bench)[0]).toBe(true)
    bench.ask(ECS47.command({ to, auxiliaryLoadControlScripts: 0x0120 }))
    expect(switches(bench)[0]).toBe(false)
  })

  it('on the home network are told, and answer; that they do not is an alert', () => {
    const { bench, orders } = meter()
    bench.ask(ECS47.command({ to, auxiliaryLoadControlScripts: 0x0211 }))
    expect(orders).toEqual([{ kind: 'hanCommand', controller: 2, level: 100, commandId: bench.now + EPOCH_2000 }])
    expect(switches(bench)[1]).toBe(false)
    bench.meter.answerControllerCommand(2, bench.now + EPOCH_2000, true)
    expect(switches(bench)[1]).toBe(true)
    bench.pass(60)
    bench.ask(ECS47.command({ to, auxiliaryLoadControlScripts: 0x0212 }))
    bench.meter.answerControllerCommand(2, bench.now + EPOCH_2000, false)
    expect(bench.heard()).toEqual(['failureInChangingOrMaintainingHcalcsOrAlcsState'])
    expect(log(bench)).toEqual([
      [0x0211, 0],
      [0x0200, 1],
      [0x0212, 0],
      [0x0200, 2],
    ])
  })

  it('become what the supplier says hangs on them', () => {
    const { bench } = meter()
    const zeros = new Uint8Array(8)
    const absent = () => bench.send(ECS47.command({ to, auxiliaryLoadControlScripts: 0x0311 })).reading?.items
    expect(absent()).toMatchObject([{ result: 11 }])
    bench.ask(
      ECS46c.command({
        to,
        auxiliaryController1TypeAndIdentifier: zeros,
        auxiliaryController2TypeAndIdentifier: zeros,
        auxiliaryController3TypeAndIdentifier: fromHex('00db123456789097'),
        auxiliaryControllerSpecialDaysNext: [],
        auxiliaryControllerCalendarNext: [],
        auxiliaryControllerCalendarActivation: at(),
        auxiliaryControllerSpecialDaysActivation: at(),
      }),
    )
    expect(absent()).toMatchObject([{ result: 0 }])
  })

  it('are limited by the load controller, which the supplier is told of', () => {
    const { bench } = meter()
    bench.ask(ECS47a.command({ to, auxiliaryLoadControlScripts: 0x1464 }))
    const limit = {
      to,
      auxiliaryController4LimitStart: encodeDateTime(bench.now),
      auxiliaryController4LimitEnd: encodeDateTime(bench.now + 3600),
      auxiliaryProportionalControllerScripts: 0x141e,
    }
    bench.ask(ECS47e.command(limit), { from: 'loadController' })
    const level = () => bench.ask(ECS61e.command({ to })).auxiliaryController4StateInformation
    expect(level()).toBe('{"outputState": 30, "inputState": 0}')
    bench.pass(3600)
    expect(level()).toBe('{"outputState": 100, "inputState": 0}')
    expect(bench.alerts().map(({ name, to: party }) => [name, party])).toEqual([
      ['limitApcLevelCommandProcessed', 'supplier'],
      ['limitApcLevelEndedOrCancelled', 'supplier'],
    ])
    // a period that is over before it begins
    const wrong = { ...limit, auxiliaryController4LimitEnd: encodeDateTime(bench.now - 7200) }
    expect(bench.send(ECS47e.command(wrong), { from: 'loadController' }).reading?.items.at(-1)).toMatchObject({
      result: 250,
    })
  })
})

describe('the boost button', () => {
  it('closes what it is associated with, for its time, with an entry in its log', () => {
    const { bench } = meter()
    bench.ask(
      ECS62.command({
        to,
        boostFunctionControl1: true,
        boostFunctionControl2: false,
        boostFunctionControl3: false,
        boostFunctionControl4: true,
        boostFunctionControl5: false,
      }),
    )
    const start = bench.now
    for (let i = 0; bench.meter.display().title !== 'Boost' && i < 20; i++) bench.meter.press('next')
    bench.meter.press('select')
    bench.meter.press('2')
    expect(bench.meter.display().text).toBe('done')
    expect(switches(bench)).toEqual([true, false, true])
    bench.pass(1800)
    expect(switches(bench)).toEqual([false, false, false])
    const { boostFunctionEventLog: entries, boostFunctionAvailability } = bench.ask(
      ECS61c.command({ to, boostFunctionEventLog: { from: 0, to: bench.now } }),
    )
    expect(boostFunctionAvailability).toBe(true)
    expect(entries).toEqual([{ time: start, boostEnd: start + 1800 }])
  })
})
