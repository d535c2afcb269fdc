import { calendar, price } from '@smets2-sim/zcl'
import { gbzUseCase, only, toClient } from './gbz-use-case.js'

/** Set Tariff and Price on GSME. GBCS use case GCS01a, service request 1.1.1. */
export const GCS01a = gbzUseCase({
  name: 'GCS01a',
  title: 'Set Tariff and Price on GSME',
  code: 0x006b,
  devices: ['gsme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.1.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    publishCalendar: only(toClient(calendar, 'publishCalendar'), ({ calendarType }) => calendarType === 0),
    publishDayProfile: only(toClient(calendar, 'publishDayProfile'), ({ calendarType }) => calendarType === 0),
    publishWeekProfile: toClient(calendar, 'publishWeekProfile'),
    publishSeasons: toClient(calendar, 'publishSeasons'),
    publishSpecialDays: only(toClient(calendar, 'publishSpecialDays'), ({ calendarType }) => calendarType === 0),
    publishTariffInformation: toClient(price, 'publishTariffInformation'),
    publishBlockThresholds: toClient(price, 'publishBlockThresholds'),
    publishPriceMatrix: toClient(price, 'publishPriceMatrix'),
  },
})
