export { scheduleCalendar, type ScheduleEntry, type SpecialDay } from './schedule-calendar.js'
export {
  type DaySwitching,
  lastSwitching,
  nextSwitching,
  type Switching,
  type SwitchingCalendar,
  switchingsAt,
} from './switching-calendar.js'
