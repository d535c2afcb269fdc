export {
  type DatePattern,
  datePatternFrom,
  DAY_S,
  matchesDate,
  nextTimeOfDay,
  secondOfDay,
  type TimePattern,
  timePatternFrom,
} from '../calendar/date-pattern.js'
export {
  type ActivityCalendar,
  calendarFrom,
  type DayAction,
  emptyCalendar,
  type Season,
  type SpecialDay,
  specialDaysFrom,
  type SwitchingTable,
  switchingTableFrom,
} from './activity-calendar.js'
export { type CalendarSegment, calendarSegmentAt, dayIdAt } from './calendar-lookup.js'
export { blockOf, type BlockThresholds, blockThresholdsFrom, NO_THRESHOLD, untilNextBlock } from './blocks.js'
export { type ExecutionTimes, executionTimesFrom, nextExecution } from './execution-times.js'
