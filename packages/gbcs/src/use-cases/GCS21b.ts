import { calendar, prepayment, price } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, read, toServer } from './gbz-use-case.js'

/** Read GSME Configuration Data Prepayment. GBCS use case GCS21b, service request 4.13. */
export const GCS21b = gbzUseCase({
  name: 'GCS21b',
  title: 'Read GSME Configuration Data Prepayment',
  code: 0x00b5,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.13',
  items: {
    readPrepayment: read(
      prepayment,
      'debtRecoveryTopUpPercentage3',
      'overallDebtCap',
      'debtRecoveryFrequency1',
      'debtRecoveryFrequency2',
      'cutOffValue',
      'emergencyCreditLimit',
      'emergencyCreditThreshold',
      'lowCreditWarning',
      'maxCreditLimit',
      'maxCreditPerTopUp',
      'debtRecoveryAmount1',
      'debtRecoveryAmount2',
    ),
    readPrice: read(price, 'priceTrailingDigit'),
    getDayProfiles: disableDefault(toServer(calendar, 'getDayProfiles')),
    getWeekProfiles: disableDefault(toServer(calendar, 'getWeekProfiles')),
    getSeasons: disableDefault(toServer(calendar, 'getSeasons')),
    getSpecialDays: disableDefault(toServer(calendar, 'getSpecialDays')),
  },
})
