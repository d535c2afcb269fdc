import { calendar, price } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, read, toServer } from './gbz-use-case.js'

/** Read GSME Tariff Data. GBCS use case GCS21f, service request 4.11.1. */
export const GCS21f = gbzUseCase({
  name: 'GCS21f',
  title: 'Read GSME Tariff Data',
  code: 0x009f,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.11.1',
  items: {
    readPrice: disableDefault(
      read(
        price,
        'thresholdDivisor',
        'thresholdMultiplier',
        'block1Threshold',
        'block2Threshold',
        'block3Threshold',
        'unitofMeasure',
        'noTierBlock1Price',
        'noTierBlock2Price',
        'noTierBlock3Price',
        'noTierBlock4Price',
        'tier1Block1Price',
        'tier2Block1Price',
        'tier3Block1Price',
        'tier4Block1Price',
        'currency',
        'priceTrailingDigit',
        'standingCharge',
      ),
    ),
    getDayProfiles: disableDefault(toServer(calendar, 'getDayProfiles')),
    getWeekProfiles: disableDefault(toServer(calendar, 'getWeekProfiles')),
    getSeasons: disableDefault(toServer(calendar, 'getSeasons')),
    getSpecialDays: disableDefault(toServer(calendar, 'getSpecialDays')),
    getCurrentPrice: disableDefault(toServer(price, 'getCurrentPrice')),
  },
})
