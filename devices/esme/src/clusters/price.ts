import { utf8 } from '@smets2-sim/bytes'
import { han } from '@smets2-sim/firmware'
import { price } from '@smets2-sim/zcl'
import { activeTariffPriceMillipencePerKwh } from '../metering/index.js'
import { blockRegister } from '../tariff/registers.js'
import { activeRegister } from './active-register.js'
import type { ElectricityHome } from './home.js'
import { asUint32, asUint48 } from './wire.js'

const KWH = 0x00
/** ISO 4217. */
const currencies = { GBP: 826, EUR: 978 } as const
/** Prices have five digits right of the point: they are in 10^-5 of the currency. */
const TRAILING_DIGIT = 0x50
const TIERS = 48
/** A price holds until it changes. */
const UNTIL_CHANGED = 0xffff

const tariffOf = ({ readings }: ElectricityHome) => readings.metering().tariff.active
const tierPrice = (tou: number) => (home: ElectricityHome) =>
  asUint32(tariffOf(home).prices.touMillipencePerKwh[tou] ?? 0)
const blockPrice = (block: number) => (home: ElectricityHome) =>
  asUint32(tariffOf(home).prices.blockMillipencePerKwh[blockRegister(block, 0)] ?? 0)
const threshold = (block: number) => (home: ElectricityHome) =>
  asUint48(tariffOf(home).tariffThresholdMatrixWh[0]?.[block] ?? 0)

/** Price cluster of an electricity meter. Its tables have four tiers and one register with blocks: those of the tariff. */
export const priceServer = han.servedCluster<ElectricityHome, typeof price>(price, {
  attributes: {
    block1Threshold: threshold(0),
    block2Threshold: threshold(1),
    block3Threshold: threshold(2),
    thresholdMultiplier: () => 1,
    thresholdDivisor: () => 1000,
    standingCharge: (home) => asUint32(tariffOf(home).standingChargeMillipencePerDay),
    noTierBlock1Price: blockPrice(0),
    noTierBlock2Price: blockPrice(1),
    noTierBlock3Price: blockPrice(2),
    noTierBlock4Price: blockPrice(3),
    tier1Block1Price: tierPrice(0),
    tier2Block1Price: tierPrice(1),
    tier3Block1Price: tierPrice(2),
    tier4Block1Price: tierPrice(3),
    tariffLabel: ({ readings }) => utf8(activeRegister(readings.metering()).label),
    numberOfPriceTiersInUse: () => TIERS,
    unitofMeasure: () => KWH,
    currency: (home) => currencies[tariffOf(home).currencyUnit],
    priceTrailingDigit: () => TRAILING_DIGIT,
  },
  commands: {
    getCurrentPrice: {
      from: ['ppmid', 'type2'],
      handle(home) {
        const state = home.readings.metering()
        const { tier, label } = activeRegister(state)
        return {
          name: 'publishPrice',
          fields: {
            providerId: 0,
            rateLabel: utf8(label),
            issuerEventId: 0,
            currentTime: home.readings.now(),
            unitOfMeasure: KWH,
            currency: currencies[state.tariff.active.currencyUnit],
            priceTrailingDigitAndPriceTier: TRAILING_DIGIT | tier,
            numberOfPriceTiersAndRegisterTier: tier,
            startTime: 0,
            durationInMinutes: UNTIL_CHANGED,
            price: asUint32(activeTariffPriceMillipencePerKwh(state)),
          },
        }
      },
    },
  },
})
