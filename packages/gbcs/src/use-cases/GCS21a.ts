import { metering, price } from '@smets2-sim/zcl'
import { gbzUseCase, read } from './gbz-use-case.js'

/** Read Gas Configuration Data Device Information. GBCS use case GCS21a, service request 6.2.8. */
export const GCS21a = gbzUseCase({
  name: 'GCS21a',
  title: 'Read Gas Configuration Data Device Information',
  code: 0x007b,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.8',
  items: {
    readPrice: read(
      price,
      'calorificValueTrailingDigit',
      'calorificValueUnit',
      'calorificValue',
      'conversionFactorTrailingDigit',
      'conversionFactor',
    ),
    readMetering: read(
      metering,
      'uncontrolledFlowDivisor',
      'uncontrolledFlowMultiplier',
      'uncontrolledFlowThresholdUnitOfMeasure',
      'uncontrolledFlowThreshold',
      'flowStabilisationPeriod',
      'flowMeasurementPeriod',
    ),
  },
})
