import { fromHex } from '@smets2-sim/bytes'
import { EPOCH_2000, fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scheduleCalendar, type ScheduleEntry } from '../calendar/schedule-calendar.js'
import { mermaid } from '../machine/machine.js'
import { advanceAuxiliary, type AuxiliaryCalendar, nextAuxiliaryTime, takeUpCalendar } from './advance.js'
import { type BoostMinutes, endBoost, pressBoost } from './boost.js'
import { auxiliaryControl } from './channel.js'
import { type Auxiliary, type AuxiliaryEvent, type AuxiliaryStep, confirm, fail, newAuxiliary } from './controllers.js'
import { limitController, type OrderPeriod, setController } from './orders.js'
import { randomisedOffsetNumberOf, randomisedOffsetS } from './randomised-offset.js'
import { directionAndNumber, logSelector, readSelector } from './selector.js'

const t0 = fromIso('2026-01-05T00:00:00Z')
const hour = 3_600
const entry = (selector: number, hourOfDay: number, index: number): ScheduleEntry => ({
  index,
  enable: true,
  selector,
  switchTime: Uint8Array.of(hourOfDay, 0, 0, 0),
  weekdays: '1111111',
  specialDays: '',
  beginDate: fromHex('ffffffffff'),
  endDate: fromHex('ffffffffff'),
})
/** Closes switch 1 from 06:00 to 10:00; controller 4 is at 50 % out from 08:00 and at 30 % in from 09:00. */
const calendar: AuxiliaryCalendar = {
  switchings: scheduleCalendar(
    [entry(0x0101, 6, 1), entry(0x0102, 10, 2), entry(0x14b2, 8, 3), entry(0x249e, 9, 4)],
    [],
  ),
  offsetS: 200,
}
const none: AuxiliaryCalendar = { switchings: scheduleCalendar([], []), offsetS: 0 }
const fresh = newAuxiliary(['alcs', 'hcalcs', 'alcs', 'apc', 'none'], t0)
const outputs = ({ controllers }: Auxiliary): number[] => controllers.map(({ output }) => output.level)
const logged = (events: readonly AuxiliaryEvent[]): string[] =>
  events.flatMap((e) => (e.kind === 'log' ? [`${e.entry.selector.toString(16)} ${e.entry.outcome}`] : []))
const alertsIn = (events: readonly AuxiliaryEvent[]) =>
  events.flatMap((e) => (e.kind === 'alert' ? [[e.name, ...e.content]] : []))

describe('selectors', () => {
  it('say what the samples mean', () => {
    expect(readSelector(0x0101)).toEqual({ controller: 1, direction: 'output', level: 100, by: 'calendar' })
    expect(readSelector(0x0312)).toEqual({ controller: 3, direction: 'output', level: 0, by: 'command' })
    expect(readSelector(0x0220)).toEqual({ controller: 2, direction: 'output', by: 'command' })
    expect(readSelector(0x1564)).toEqual({ controller: 5, direction: 'output', level: 100, by: 'command' })
    expect(readSelector(0x2332)).toEqual({ controller: 3, direction: 'input', level: 50, by: 'command' })
    expect(readSelector(0x13b2)).toEqual({ controller: 3, direction: 'output', level: 50, by: 'calendar' })
    expect(directionAndNumber('output', 5)).toBe(21)
  })
  it('are read for any number, and come back', () => {
    for (let selector = -1; selector <= 0x10000; selector++) {
      const order = readSelector(selector)
      if (order) expect(logSelector(order, selector < 0x1000)).toBe(selector)
    }
    for (const wrong of [0, 0x0001, 0x0601, 0x0103, 0x1165, 0x11e5, 0x3164, 0x10101])
      expect(readSelector(wrong)).toBe(undefined)
  })
})

describe('a calendar', () => {
  it('switches at its times, later by the randomised offset', () => {
    expect(nextAuxiliaryTime(fresh, calendar)).toBe(t0 + 6 * hour + 200)
    const early = advanceAuxiliary(fresh, calendar, t0 + 6 * hour + 199)
    expect(early.events).toEqual([])
    const morning = advanceAuxiliary(early.auxiliary, calendar, t0 + 9 * hour + 200)
    expect(outputs(morning.auxiliary)).toEqual([100, 0, 0, 50, 0])
    expect(morning.auxiliary.controllers[3]?.input.level).toBe(30)
    expect(logged(morning.events)).toEqual(['101 1', '14b2 1', '249e 1'])
    expect(outputs(advanceAuxiliary(morning.auxiliary, calendar, t0 + 11 * hour).auxiliary)).toEqual([0, 0, 0, 50, 0])
  })
  it('is taken up with the levels that it gives at that time', () => {
    const noon = { ...fresh, doneUntil: t0 + 9.5 * hour }
    const step = takeUpCalendar(noon, calendar, t0 + 9.5 * hour)
    expect(outputs(step.auxiliary)).toEqual([100, 0, 0, 50, 0])
    expect(outputs(takeUpCalendar(step.auxiliary, none, t0 + 9.5 * hour).auxiliary)).toEqual([0, 0, 0, 0, 0])
  })
})

describe('a command', () => {
  const set = (auxiliary: Auxiliary, selector: number, period: OrderPeriod = {}, now = t0) =>
    setController(auxiliary, selector, period, now)
  it('holds for its time, then the calendar rules again', () => {
    const on = set(fresh, 0x0111, { end: t0 + 1_800 })
    expect(on).toMatchObject({ kind: 'done' })
    expect(logged(on.events)).toEqual(['111 1'])
    expect(outputs(on.auxiliary)[0]).toBe(100)
    expect(nextAuxiliaryTime(on.auxiliary, calendar)).toBe(t0 + 1_800)
    const over = advanceAuxiliary(on.auxiliary, calendar, t0 + 1_800)
    expect(outputs(over.auxiliary)[0]).toBe(0)
    expect(over.auxiliary.controllers[0]?.output).toMatchObject({ authority: 'calendar' })
    expect(over.auxiliary.controllers[0]?.output.command).toBeUndefined()
  })
  it('overrides the calendar while it holds, and is given back by a reset', () => {
    const off = set(fresh, 0x0112, { end: t0 + 8 * hour }).auxiliary
    const morning = advanceAuxiliary(off, calendar, t0 + 7 * hour)
    expect(outputs(morning.auxiliary)[0]).toBe(0)
    const reset = set(morning.auxiliary, 0x0120, {}, t0 + 7 * hour)
    expect(outputs(reset.auxiliary)[0]).toBe(100)
    expect(logged(reset.events)).toEqual(['120 1'])
  })
  it('of a later start waits for it', () => {
    const waiting = set(fresh, 0x1432, { start: t0 + 60, end: t0 + 120 })
    expect(outputs(waiting.auxiliary)[3]).toBe(0)
    expect(outputs(advanceAuxiliary(waiting.auxiliary, none, t0 + 60).auxiliary)[3]).toBe(50)
    expect(outputs(advanceAuxiliary(waiting.auxiliary, none, t0 + 120).auxiliary)[3]).toBe(0)
  })
  it('is refused where there is no such controller, no such level or no time', () => {
    expect(set(fresh, 0x0511)).toMatchObject({ kind: 'refused', reason: 'noSuchController', auxiliary: fresh })
    expect(set(fresh, 0x0101)).toMatchObject({ reason: 'noSuchController' })
    expect(set(fresh, 0x1132)).toMatchObject({ reason: 'notProportional' })
    expect(set(fresh, 0x2164)).toMatchObject({ reason: 'notProportional' })
    expect(set(fresh, 0x1432, { end: t0 })).toMatchObject({ reason: 'badPeriod' })
    expect(set(fresh, 0x1432, { start: t0 + 9, end: t0 + 9 })).toMatchObject({ reason: 'badPeriod' })
    expect(set(fresh, 0x1164)).toMatchObject({ kind: 'done' })
  })
})

describe('a switch on the network', () => {
  const commandId = t0 + EPOCH_2000
  const sent = setController(fresh, 0x0211, { end: t0 + hour }, t0)
  it('is sent a command, and has the level when it answers', () => {
    expect(sent.events).toEqual([
      { kind: 'log', entry: { time: t0, selector: 0x0211, outcome: 0, commandId } },
      { kind: 'hanCommand', controller: 2, level: 100, commandId },
    ])
    expect(outputs(sent.auxiliary)[1]).toBe(0)
    const answered = confirm(sent.auxiliary, 2, commandId, true, t0 + 5)
    expect(outputs(answered.auxiliary)[1]).toBe(100)
    expect(answered.events[0]).toEqual({
      kind: 'log',
      entry: { time: t0 + 5, selector: 0x0200, outcome: 1, commandId },
    })
    expect(confirm(answered.auxiliary, 2, commandId, true, t0 + 6).events).toEqual([])
  })
  it('raises an alert when it refuses or does not answer', () => {
    const lost = confirm(sent.auxiliary, 2, commandId, false, t0 + 5)
    expect(logged(lost.events)).toEqual(['200 2'])
    expect(alertsIn(lost.events)).toEqual([['failureInChangingOrMaintainingHcalcsOrAlcsState', 2]])
    expect(outputs(lost.auxiliary)[1]).toBe(0)
    expect(confirm(sent.auxiliary, 2, commandId + 1, false, t0 + 5).events).toEqual([])
  })
  it('or in the meter raises one when it is found in another state', () => {
    const closed = setController(fresh, 0x0311, {}, t0).auxiliary
    const found = fail(closed, 3, 0, t0 + 9)
    expect(logged(found.events)).toEqual(['311 2'])
    expect(alertsIn(found.events)).toHaveLength(1)
    expect(outputs(found.auxiliary)[2]).toBe(0)
    expect(fail(closed, 5, 0, t0).events).toEqual([])
  })
})

describe('boost', () => {
  const settings = { available: true, controls: [true, false, true, true, true] }
  const press = (auxiliary: Auxiliary, minutes: BoostMinutes, now: number): AuxiliaryStep =>
    pressBoost(auxiliary, settings, minutes, now) as AuxiliaryStep
  it('closes what it controls for its time, and is logged when it ends', () => {
    const on = press(fresh, 15, t0)
    expect(outputs(on.auxiliary)).toEqual([100, 0, 100, 100, 0])
    expect(nextAuxiliaryTime(on.auxiliary, calendar)).toBe(t0 + 900)
    const over = advanceAuxiliary(on.auxiliary, calendar, t0 + 900)
    expect(outputs(over.auxiliary)).toEqual([0, 0, 0, 0, 0])
    expect(over.events[0]).toEqual({ kind: 'boostLog', entry: { time: t0, boostEnd: t0 + 900 } })
    expect(over.auxiliary.boost).toBeUndefined()
  })
  it('is set anew by a further press, and cancelled by the user', () => {
    const longer = press(press(fresh, 60, t0).auxiliary, 30, t0 + 600).auxiliary
    expect(longer.boost).toEqual({ start: t0, end: t0 + 2_400 })
    const cancelled = endBoost(longer, t0 + 700)
    expect(cancelled.events[0]).toMatchObject({ entry: { time: t0, boostEnd: t0 + 700 } })
    expect(outputs(cancelled.auxiliary)).toEqual([0, 0, 0, 0, 0])
    expect(endBoost(cancelled.auxiliary, t0 + 800).events).toEqual([])
  })
  it('gives way to a command, and gives back to one that still holds', () => {
    const off = setController(press(fresh, 60, t0).auxiliary, 0x0112, { end: t0 + hour }, t0 + 60).auxiliary
    expect(outputs(off)[0]).toBe(0)
    expect(outputs(advanceAuxiliary(off, none, t0 + hour).auxiliary)).toEqual([0, 0, 0, 0, 0])
    const commanded = setController(fresh, 0x1446, { end: t0 + 3 * hour }, t0).auxiliary
    const boosted = press(commanded, 60, t0).auxiliary
    expect(outputs(boosted)[3]).toBe(100)
    expect(outputs(advanceAuxiliary(boosted, none, t0 + hour).auxiliary)[3]).toBe(70)
  })
  it('is not there where it is not available or controls nothing', () => {
    expect(pressBoost(fresh, { ...settings, available: false }, 15, t0)).toBeUndefined()
    expect(pressBoost(fresh, { available: true, controls: [false, false, false, false, true] }, 15, t0)).toBeUndefined()
  })
})

describe('a limit of a proportional controller', () => {
  const period = { start: t0, end: t0 + hour }
  it('holds down whatever the level would be, with an alert at its begin and its end', () => {
    const closed = setController(fresh, 0x1464, {}, t0).auxiliary
    const limited = limitController(closed, 0x140a, period, t0)
    expect(outputs(limited.auxiliary)[3]).toBe(10)
    expect(alertsIn(limited.events)).toEqual([['limitApcLevelCommandProcessed', 0x14, t0, t0 + hour, 10]])
    const over = advanceAuxiliary(limited.auxiliary, none, t0 + hour)
    expect(outputs(over.auxiliary)[3]).toBe(100)
    expect(alertsIn(over.events)).toEqual([['limitApcLevelEndedOrCancelled', 0x14, 100]])
  })
  it('is cancelled by another, or by one whose end has passed', () => {
    const limited = limitController(fresh, 0x240a, { start: t0 + 60, end: t0 + hour }, t0).auxiliary
    const again = limitController(limited, 0x2414, period, t0 + 5)
    expect(alertsIn(again.events).map(([name]) => name)).toEqual([
      'limitApcLevelEndedOrCancelled',
      'limitApcLevelCommandProcessed',
    ])
    const cancelled = limitController(again.auxiliary, 0x2400, { start: t0, end: t0 + 1 }, t0 + 9)
    expect(alertsIn(cancelled.events)).toEqual([['limitApcLevelEndedOrCancelled', 0x24, 0]])
    expect(cancelled.auxiliary.controllers[3]?.input.limit).toBeUndefined()
    expect(limitController(fresh, 0x2400, { start: t0, end: t0 + 1 }, t0 + 9)).toMatchObject({ reason: 'badPeriod' })
  })
  it('is refused for a switch and without an end', () => {
    expect(limitController(fresh, 0x1164, period, t0)).toMatchObject({ reason: 'notProportional' })
    expect(limitController(fresh, 0x1464, { start: t0 }, t0)).toMatchObject({ reason: 'badPeriod' })
  })
})

describe('the randomised offset', () => {
  it('is the number by the limit, as in the sample', () => {
    expect(randomisedOffsetS(2_000, 1_000)).toBe(200)
  })
  it('lies within the limit for any number that can be drawn', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 2 }), fc.nat(0xffff), (entropy, limitS) => {
        const number = randomisedOffsetNumberOf(entropy)
        expect(number).toBeLessThan(10_000)
        const offset = randomisedOffsetS(number, limitS)
        expect(offset).toBeGreaterThanOrEqual(0)
        expect(offset).toBeLessThanOrEqual(limitS)
      }),
    )
  })
})

describe('any history of controllers', () => {
  type Deed =
    | { do: 'wait'; seconds: number }
    | { do: 'set' | 'limit'; selector: number; lead: number; length: number }
    | { do: 'boost'; minutes: BoostMinutes }
    | { do: 'cancel' }
  const selectors = fc.constantFrom(0x0111, 0x0112, 0x0120, 0x1464, 0x1419, 0x2432, 0x2400, 0x0311, 0x0511)
  const deeds: fc.Arbitrary<Deed> = fc.oneof(
    fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(20_000) }),
    fc.record({
      do: fc.constantFrom('set' as const, 'limit' as const),
      selector: selectors,
      lead: fc.nat(9_000),
      length: fc.nat(30_000),
    }),
    fc.record({ do: fc.constant('boost' as const), minutes: fc.constantFrom(15 as const, 60 as const) }),
    fc.record({ do: fc.constant('cancel' as const) }),
  )
  const controls = [true, false, false, true, false]
  const perform = (auxiliary: Auxiliary, deed: Deed, now: number): Auxiliary => {
    switch (deed.do) {
      case 'wait':
        return auxiliary
      case 'set':
      case 'limit': {
        const order = deed.do === 'set' ? setController : limitController
        return order(auxiliary, deed.selector, { start: now + deed.lead, end: now + deed.lead + deed.length }, now)
          .auxiliary
      }
      case 'boost':
        return pressBoost(auxiliary, { available: true, controls }, deed.minutes, now)?.auxiliary ?? auxiliary
      case 'cancel':
        return endBoost(auxiliary, now).auxiliary
    }
  }
  it('comes to the same however often the clock is looked at, stays in the table and keeps every limit', () => {
    fc.assert(
      fc.property(fc.array(deeds, { maxLength: 25 }), fc.integer({ min: 1, max: 5 }), (history, looks) => {
        let often = fresh
        let seldom = fresh
        let now = t0
        for (const deed of history) {
          const from = now
          if (deed.do === 'wait') now += deed.seconds
          for (let look = 1; look <= looks; look++)
            often = advanceAuxiliary(often, calendar, from + Math.floor(((now - from) * look) / looks)).auxiliary
          seldom = advanceAuxiliary(seldom, calendar, now).auxiliary
          often = perform(often, deed, now)
          seldom = perform(seldom, deed, now)
          expect(often).toEqual(seldom)
          for (const channel of often.controllers.flatMap(({ output, input }) => [output, input])) {
            expect(auxiliaryControl.states).toContain(channel.authority)
            if (channel.authority === 'command') expect(channel.command).toBeDefined()
            if (channel.authority === 'boost') expect(often.boost).toBeDefined()
            if (channel.limit && channel.limit.start <= now)
              expect(channel.level).toBeLessThanOrEqual(channel.limit.level)
          }
          for (const n of [0, 2]) expect((outputs(often)[n] as number) % 100).toBe(0)
          expect(outputs(often)[4]).toBe(0)
        }
      }),
      { numRuns: 1_000 },
    )
  })
  it('is drawn from the table', () => {
    expect(mermaid(auxiliaryControl, 'calendar')).toContain('boost --> command: boostEndsInCommand')
  })
})
