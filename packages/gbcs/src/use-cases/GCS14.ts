import { prepayment, price } from '@smets2-sim/zcl'
import { gbzUseCase, encrypted, read } from './gbz-use-case.js'

/** Read GSME Prepayment Register(s). GBCS use case GCS14, service request 4.3. */
export const GCS14 = gbzUseCase({
  name: 'GCS14',
  title: 'Read GSME Prepayment Register(s)',
  code: 0x0075,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.3',
  sensitive: true,
  timed: true,
  items: {
    readPrice: read(price, 'priceTrailingDigit', 'currency'),
    readPrepayment: encrypted(
      read(
        prepayment,
        'accumulatedDebt',
        'emergencyCreditRemaining',
        'creditRemaining',
        'debtAmount3',
        'debtAmount1',
        'debtAmount2',
      ),
    ),
  },
})
