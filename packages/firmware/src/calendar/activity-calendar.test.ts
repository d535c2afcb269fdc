import { fromHex } from '@smets2-sim/bytes'
import { fromIso, toIso } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import { specialDaysFrom, switchingTableFrom } from './activity-calendar.js'
import { activitySwitchings } from './activity-switchings.js'
import { segmentAt, type SwitchingCalendar } from './switching-calendar.js'

type Week = readonly [number, number, number, number, number, number, number]
const season = (start: string, week: string) => ({ name: fromHex('00'), start: fromHex(start), week: fromHex(week) })
const week = (name: string, [monday, tuesday, wednesday, thursday, friday, saturday, sunday]: Week) => ({
  name: fromHex(name),
  ...{ monday, tuesday, wednesday, thursday, friday, saturday, sunday },
})
const day = (dayId: number, ...schedule: readonly (readonly [string, number])[]) => ({
  dayId,
  schedule: schedule.map(([time, selector]) => ({ startTime: fromHex(time), selector })),
})
const special = (date: string, dayId: number) => ({ date: fromHex(date), dayId })

const calendarFrom = (
  ...[seasons, weeks, days, specialDays]: [...Parameters<typeof switchingTableFrom>, ReturnType<typeof special>[]]
): SwitchingCalendar =>
  activitySwitchings({ ...switchingTableFrom(seasons, weeks, days), specialDays: specialDaysFrom(specialDays) })
/** Winter from late October, summer from late March, in any year; summer days begin with what the evening before had. */
const newSeasonal = (): SwitchingCalendar =>
  calendarFrom(
    [season('ffff0a1bff000000008000ff', '01'), season('ffff031dff000000008000ff', '02')],
    [week('01', [1, 1, 1, 1, 1, 3, 3]), week('02', [2, 2, 2, 2, 2, 3, 3])],
    [
      day(1, ['00000000', 2], ['07000000', 3]),
      day(2, ['17000000', 2], ['06000000', 3]), // out of order on purpose
      day(3, ['00000000', 1]),
    ],
    [special('07ea0501ff', 2), special('ffff0c19ff', 3)],
  )
const seasonal = newSeasonal()
const at = (calendar: SwitchingCalendar, time: string) => {
  const { selector, until } = segmentAt(calendar, fromIso(time))
  return [selector, toIso(until)]
}
/** The day of the seasonal calendar that a date has: at half past six each says something else. */
const dayOn = (date: string) => ({ 2: 1, 3: 2, 1: 3 })[at(seasonal, `${date}T06:30:00Z`)[0] as 1 | 2 | 3]

describe('an activity calendar', () => {
  it('switches to the second', () => {
    expect(at(seasonal, '2026-01-06T06:59:59Z')).toEqual([2, '2026-01-06T07:00:00Z'])
    expect(at(seasonal, '2026-01-06T07:00:00Z')).toEqual([3, '2026-01-07T00:00:00Z'])
  })

  it('holds the last switch of the day before until the first of the day', () => {
    expect(at(seasonal, '2026-06-02T05:59:59Z')).toEqual([2, '2026-06-02T06:00:00Z'])
    expect(at(seasonal, '2026-06-01T05:59:59Z')).toEqual([1, '2026-06-01T06:00:00Z']) // after a Sunday
  })

  it('changes the season at its start, and the year within a season', () => {
    expect(dayOn('2026-03-27')).toBe(1)
    expect(dayOn('2026-03-30')).toBe(2)
    expect(dayOn('2026-10-26')).toBe(2)
    expect(dayOn('2026-10-27')).toBe(1)
    expect(dayOn('2027-01-01')).toBe(1)
  })

  it('lets a special day take the place of the day of the week', () => {
    expect(dayOn('2026-05-01')).toBe(2)
    expect(dayOn('2026-12-25')).toBe(3)
    expect(at(seasonal, '2026-12-25T07:00:00Z')).toEqual([1, '2026-12-26T00:00:00Z'])
  })

  it('is not moved by the change to summer time: device time is UTC', () => {
    for (const date of ['2026-03-30', '2026-03-31', '2026-04-01']) expect(at(seasonal, `${date}T06:00:00Z`)[0]).toBe(3)
    for (const date of ['2026-10-28', '2026-10-29']) expect(at(seasonal, `${date}T07:00:00Z`)[0]).toBe(3)
  })

  it('keeps a season of a year that is over in force until another starts', () => {
    const dated = calendarFrom(
      [season('07de0a1bff000000008000ff', '01'), season('07df031dff000000008000ff', '02')],
      [week('01', [1, 1, 1, 1, 1, 1, 1]), week('02', [2, 2, 2, 2, 2, 2, 2])],
      [day(1, ['00000000', 5]), day(2, ['00000000', 6])],
      [],
    )
    expect(at(dated, '2014-10-26T12:00:00Z')[0]).toBeUndefined()
    expect(at(dated, '2014-10-27T12:00:00Z')[0]).toBe(5)
    expect(at(dated, '2015-03-29T00:00:00Z')[0]).toBe(6)
    expect(at(dated, '2026-01-01T00:00:00Z')[0]).toBe(6)
  })

  it('starts a season on a leap day and in the middle of a day', () => {
    const leap = calendarFrom(
      [season('ffff021dff0c00000000ffff', '02'), season('ffff0301ff000000008000ff', '01')],
      [week('01', [1, 1, 1, 1, 1, 1, 1]), week('02', [2, 2, 2, 2, 2, 2, 2])],
      [day(1, ['00000000', 1], ['0d000000', 4]), day(2, ['08000000', 2], ['0e000000', 3])],
      [],
    )
    expect(at(leap, '2028-02-29T11:59:59Z')).toEqual([1, '2028-02-29T14:00:00Z'])
    expect(at(leap, '2028-02-29T14:00:00Z')).toEqual([3, '2028-03-01T00:00:00Z'])
    expect(at(leap, '2027-03-01T00:00:00Z')[0]).toBe(1)
  })

  it('switches to nothing when it is empty or names what is not there', () => {
    expect(segmentAt(calendarFrom([], [], [], []), 0)).toEqual({ selector: undefined, from: 0, until: 366 * 86_400 })
    const broken = calendarFrom([season('ffff0101ff000000008000ff', '09')], [], [day(1, ['00000000', 1])], [])
    expect(segmentAt(broken, fromIso('2026-01-01')).selector).toBeUndefined()
  })

  it('refuses a day or week that is there twice', () => {
    expect(() => calendarFrom([], [], [day(1), day(1)], [])).toThrowError(
      expect.objectContaining({ code: 'invalidValue' }),
    )
  })

  it('finds the same whatever was asked before', () => {
    const times = ['2026-06-02T05:59:59Z', '2026-01-01', '2027-06-02T06:00:00Z', '2026-06-02T05:59:59Z']
    for (const time of times)
      expect(segmentAt(seasonal, fromIso(time))).toEqual(segmentAt(newSeasonal(), fromIso(time)))
  })
})
