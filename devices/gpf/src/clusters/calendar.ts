import { han } from '@smets2-sim/firmware'
import { calendar } from '@smets2-sim/zcl'
import type { GasHome } from './home.js'
import { asOutside } from './mirrored.js'

/** Calendar cluster of a gas proxy: as to parties outside. */
export const calendarServer = han.servedCluster<GasHome, typeof calendar>(calendar, {
  commands: {
    getCalendar: asOutside(calendar, 'getCalendar'),
    getDayProfiles: asOutside(calendar, 'getDayProfiles'),
    getWeekProfiles: asOutside(calendar, 'getWeekProfiles'),
    getSeasons: asOutside(calendar, 'getSeasons'),
    getSpecialDays: asOutside(calendar, 'getSpecialDays'),
  },
})
