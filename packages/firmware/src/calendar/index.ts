export {
  type CalendarDate,
  cosemDatePattern,
  type DatePattern,
  isWithin,
  matches,
  zclDatePattern,
} from './date-pattern.js'
export { type CalendarProfiles, profileCalendar } from './profile-calendar.js'
export { scheduleCalendar, type ScheduleEntry, type SpecialDay } from './schedule-calendar.js'
export {
  type DaySwitching,
  lastSwitching,
  nextSwitching,
  type Switching,
  type SwitchingCalendar,
  switchingsAt,
} from './switching-calendar.js'
