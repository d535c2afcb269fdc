import { calendar, prepayment } from '@smets2-sim/zcl'
import { alertedAs, gbzUseCase, only, toClient, toServer } from './gbz-use-case.js'

/** Execution alerts of the calendar quote frame control 01, as if a client had sent it. Source: the reference alerts. */
const CLIENT_FRAME = 0x01

/** Update Prepayment Configurations on GSME. GBCS use case GCS05, service request 2.1. */
export const GCS05 = gbzUseCase({
  name: 'GCS05',
  title: 'Update Prepayment Configurations on GSME',
  code: 0x006f,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '2.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    emergencyCreditSetup: toServer(prepayment, 'emergencyCreditSetup'),
    setOverallDebtCap: toServer(prepayment, 'setOverallDebtCap'),
    setLowCreditWarningLevel: toServer(prepayment, 'setLowCreditWarningLevel'),
    setMaximumCreditLimit: toServer(prepayment, 'setMaximumCreditLimit'),
    publishCalendar: alertedAs(
      CLIENT_FRAME,
      only(toClient(calendar, 'publishCalendar'), ({ calendarType }) => calendarType === 3),
    ),
    publishDayProfile: only(toClient(calendar, 'publishDayProfile'), ({ calendarType }) => calendarType === 3),
    publishWeekProfile: toClient(calendar, 'publishWeekProfile'),
    publishSeasons: toClient(calendar, 'publishSeasons'),
    publishSpecialDays: alertedAs(
      CLIENT_FRAME,
      only(toClient(calendar, 'publishSpecialDays'), ({ calendarType }) => calendarType === 3),
    ),
  },
})
