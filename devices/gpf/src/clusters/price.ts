import { han } from '@smets2-sim/firmware'
import { price } from '@smets2-sim/zcl'
import type { GasHome } from './home.js'
import { asOutside, mirrored } from './mirrored.js'

/** Price cluster of a gas proxy: the tariff of the gas meter, as the proxy was told it. */
export const priceServer = han.servedCluster<GasHome, typeof price>(price, {
  attributes: mirrored(
    price,
    'block1Threshold',
    'block2Threshold',
    'block3Threshold',
    'thresholdMultiplier',
    'thresholdDivisor',
    'standingCharge',
    'conversionFactor',
    'conversionFactorTrailingDigit',
    'calorificValue',
    'calorificValueUnit',
    'calorificValueTrailingDigit',
    'noTierBlock1Price',
    'noTierBlock2Price',
    'noTierBlock3Price',
    'noTierBlock4Price',
    'tier1Block1Price',
    'tier2Block1Price',
    'tier3Block1Price',
    'tier4Block1Price',
    'tariffLabel',
    'numberOfPriceTiersInUse',
    'numberOfBlockThresholdsInUse',
    'unitofMeasure',
    'currency',
    'priceTrailingDigit',
  ),
  commands: {
    getCurrentPrice: asOutside(price, 'getCurrentPrice'),
    getBillingPeriod: asOutside(price, 'getBillingPeriod'),
  },
})
