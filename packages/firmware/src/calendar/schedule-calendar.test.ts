import { fromHex, GbcsError } from '@smets2-sim/bytes'
import { fromIso, toIso } from '@smets2-sim/cosem'
import { decodeMessage, ECS08a, ECS46d } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../gbcs/src/rtds.fixture.js'
import { readSelector } from '../auxiliary-load/selector.js'
import { datePatternFrom, isWithin, type PeriodEnd } from './date-pattern.js'
import { scheduleCalendar, type ScheduleEntry, type SpecialDayRow } from './schedule-calendar.js'
import { lastSwitching, nextSwitching, segmentAt } from './switching-calendar.js'

let index = 0
const entry = (
  selector: number,
  hhmm: string,
  weekdays: string,
  specialDays = '',
  begin = 'ffffffffff',
  end = 'ffffffffff',
): ScheduleEntry => ({
  index: ++index,
  enable: true,
  selector,
  switchTime: fromHex(`${hhmm.slice(0, 2)}${hhmm.slice(2)}0000`),
  weekdays,
  specialDays,
  beginDate: fromHex(begin),
  endDate: fromHex(end),
})
const [week, weekend] = ['1111100', '0000011']
const christmas = [
  { date: fromHex('ffff0c19ff'), dayId: 1 },
  { date: fromHex('07ea0403ff'), dayId: 2 },
]
// hours in hex, as they stand on the wire: 14 is 20:00, 08 is 08:00
const nights = scheduleCalendar(
  [entry(33, '0800', week, '01'), entry(32, '1400', '1111111', '11'), entry(33, '0a00', weekend, '00')],
  christmas,
)
const on = (text: string): boolean => segmentAt(nights, fromIso(text)).selector === 32

describe('a non-disablement calendar', () => {
  it('keeps supply on from START to STOP', () => {
    // 2026-02-02 is a Monday
    expect(on('2026-02-02T19:59:59Z')).toBe(false)
    expect(on('2026-02-02T20:00:00Z')).toBe(true)
    expect(on('2026-02-03T07:59:59Z')).toBe(true)
    expect(on('2026-02-03T08:00:00Z')).toBe(false)
    expect(on('2026-02-07T09:59:59Z')).toBe(true)
    expect(on('2026-02-07T10:00:00Z')).toBe(false)
  })
  it('runs on a special day only what the bits of its identifier say', () => {
    // Christmas Day 2026, a Friday: no STOP has bit 1, so the night before lasts
    expect(on('2026-12-25T12:00:00Z')).toBe(true)
    expect(on('2026-12-26T09:59:59Z')).toBe(true)
    expect(on('2026-12-26T10:00:00Z')).toBe(false)
    // Good Friday 2026 has identifier 2: STOP at 08:00 runs
    expect(on('2026-04-03T08:00:00Z')).toBe(false)
  })
  it('tells when it switches next', () => {
    const next = (text: string): string => toIso(segmentAt(nights, fromIso(text)).until)
    expect(next('2026-02-02T12:00:00Z')).toBe('2026-02-02T20:00:00Z')
    expect(next('2026-02-02T20:00:00Z')).toBe('2026-02-03T08:00:00Z')
    expect(next('2026-12-25T21:00:00Z')).toBe('2026-12-26T10:00:00Z')
  })
  it('says nothing, for a year at a time, when it has no entries', () => {
    const time = fromIso('2026-01-01')
    expect(segmentAt(scheduleCalendar([], []), time)).toEqual({
      selector: undefined,
      from: time,
      until: time + 366 * 86_400,
    })
  })
})

describe('a schedule', () => {
  it('leaves out entries that are not enabled or not valid on the date', () => {
    const winter = entry(1, '0600', '1111111', '', 'ffff0a1aff', 'ffff031dff')
    const dated = entry(2, '0600', '1111111', '', '07ea0701ff', '07ea0703ff')
    const calendar = scheduleCalendar([winter, dated, { ...entry(3, '0600', '1111111'), enable: false }], [])
    const at = (text: string): number | undefined => lastSwitching(calendar, fromIso(text))?.selector
    expect(at('2026-01-15T07:00:00Z')).toBe(1)
    expect(at('2026-06-30T07:00:00Z')).toBe(1)
    expect(at('2026-07-02T07:00:00Z')).toBe(2)
    expect(toIso(nextSwitching(calendar, fromIso('2026-07-03T06:00:00Z'))?.time as number)).toBe('2026-10-26T06:00:00Z')
    expect(nextSwitching(calendar, fromIso('2026-03-29T06:00:00Z'))?.selector).toBe(2)
  })
  it('lets the entry with the higher index win at the same time', () => {
    const calendar = scheduleCalendar([entry(8, '0600', '1111111'), entry(9, '0600', '1111111')].reverse(), [])
    expect(lastSwitching(calendar, fromIso('2026-01-01T06:00:00Z'))?.selector).toBe(9)
    expect(nextSwitching(calendar, fromIso('2026-01-01T05:00:00Z'))?.selector).toBe(9)
  })
  it('refuses times and dates that are none', () => {
    expect(() => scheduleCalendar([entry(1, '1800', week)], [])).toThrowError(GbcsError)
    expect(() => scheduleCalendar([entry(1, '06ff', week)], [])).toThrowError(GbcsError)
    for (const begin of ['07ea0d01ff', '07ea0d01', 'ffff02feff'])
      expect(() => scheduleCalendar([entry(1, '0600', week, '', begin)], [])).toThrowError(GbcsError)
  })
})

describe('a period of dates', () => {
  const periodEnd = (date: string): PeriodEnd => datePatternFrom(fromHex(date)) as PeriodEnd
  const within = (begin: string, end: string, year: number, month: number, day: number): boolean =>
    isWithin(periodEnd(begin), periodEnd(end), { year, month, day, dayOfWeek: 1 })
  it('runs over the turn of the year when it comes every year', () => {
    expect(within('ffff0a1aff', 'ffff031dff', 2026, 12, 31)).toBe(true)
    expect(within('ffff0a1aff', 'ffff031dff', 2026, 3, 29)).toBe(true)
    expect(within('ffff0a1aff', 'ffff031dff', 2026, 3, 30)).toBe(false)
  })
  it('does not when its years are given', () => {
    expect(within('07ea0a1aff', '07eb031dff', 2027, 1, 1)).toBe(true)
    expect(within('07ea0a1aff', '07eb031dff', 2026, 1, 1)).toBe(false)
    expect(within('07eb0a1aff', '07ea031dff', 2026, 12, 1)).toBe(false)
  })
  it('takes whole months and years where days and months are left open', () => {
    expect(within('ffff06ffff', 'ffff06ffff', 2026, 6, 30)).toBe(true)
    expect(within('07eaffffff', '07eaffffff', 2026, 12, 31)).toBe(true)
    expect(within('07eaffffff', '07eaffffff', 2027, 1, 1)).toBe(false)
  })
})

describe.skipIf(!rtds)('the calendars of the reference messages', () => {
  const values = (useCase: typeof ECS08a | typeof ECS46d): Map<string, unknown> => {
    const message = rtdsMessages().find((row) => row.useCase === useCase.name && row.kind === 'command')
    if (!message) throw new Error(`no command ${useCase.name}`)
    return new Map(useCase.parse(decodeMessage(message.bytes).content).map(({ item, value }) => [item, value]))
  }
  it('keep supply on at night', () => {
    const items = values(ECS08a)
    const calendar = scheduleCalendar(
      items.get('nonDisablementCalendarNext') as ScheduleEntry[],
      items.get('nonDisablementSpecialDaysNext') as SpecialDayRow[],
    )
    const at = (text: string): boolean => segmentAt(calendar, fromIso(text)).selector === 32
    // a Wednesday and a Saturday of the winter 2014
    expect([at('2014-11-05T07:29:59Z'), at('2014-11-05T07:30:00Z'), at('2014-11-05T20:00:00Z')]).toEqual([
      true,
      false,
      true,
    ])
    expect([at('2014-11-08T09:29:59Z'), at('2014-11-08T09:30:00Z'), at('2014-11-08T22:00:00Z')]).toEqual([
      true,
      false,
      true,
    ])
  })
  it('name controllers in every entry', () => {
    const entries = values(ECS46d).get('auxiliaryControllerCalendarNext') as ScheduleEntry[]
    expect(entries.map(({ selector }) => readSelector(selector)?.by)).toEqual(entries.map(() => 'calendar'))
  })
})
