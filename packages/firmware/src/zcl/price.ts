import { price, zclStatus } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { blockOf, type BlockThresholds, blockThresholdsFrom } from '../tariff/blocks.js'
import { primeZclAttribute } from './attributes.js'
import { calendarType } from './calendar.js'
import { calendarAt } from './calendar-lookup.js'
import { type FieldsOf, notFound, numberItem, refuseUnless } from './fields.js'
import { type ClusterServer, type ZclAnswer, type ZclContext, ZclError } from './profile.js'

type Published = (typeof price)['toClient']
export type TariffInformation = FieldsOf<Published['publishTariffInformation']>
export type BillingPeriod = FieldsOf<Published['publishBillingPeriod']>
export type BlockPeriod = FieldsOf<Published['publishBlockPeriod']>
type PriceMatrix = FieldsOf<Published['publishPriceMatrix']>
type PublishedThresholds = FieldsOf<Published['publishBlockThresholds']>
type Price = FieldsOf<Published['publishPrice']>

/** What is known of the tariff besides the attributes that its commands set. */
export const tariffInformation: Item<
  | Pick<
      TariffInformation,
      'providerId' | 'issuerEventId' | 'tariffLabel' | 'numberOfPriceTiersInUse' | 'numberOfBlockThresholdsInUse'
    >
  | undefined
> = item('price.tariffInformation', undefined)
export const billingPeriod: Item<BillingPeriod | undefined> = item('price.billingPeriod', undefined)
export const blockPeriod: Item<BlockPeriod | undefined> = item('price.blockPeriod', undefined)

const TIERS = 4
const BLOCKS = 4
/** Price of a tier (1 to 4) by time of use, in 10^-5 of the currency a kWh. */
export const tierPrice = (tier: number): Item<number> =>
  numberItem(price, `tier${tier}Block1Price` as 'tier1Block1Price')
/** Price in a block (1 to 4). */
export const blockPrice = (block: number): Item<number> =>
  numberItem(price, `noTierBlock${block}Price` as 'noTierBlock1Price')
/** Upper end of a block (1 to 3). */
const blockThreshold = (block: number): Item<number> => numberItem(price, `block${block}Threshold` as 'block1Threshold')
export const standingCharge = numberItem(price, 'standingCharge')

const set = (device: Device, name: keyof (typeof price)['attributes'], value: number): void =>
  primeZclAttribute(device, price, price.attributes[name].id, value)

function publishTariffInformation({ device }: ZclContext, fields: TariffInformation): void {
  device.items.write(tariffInformation, fields)
  set(device, 'standingCharge', fields.standingCharge)
  set(device, 'unitofMeasure', fields.unitOfMeasure)
  set(device, 'currency', fields.currency)
  set(device, 'priceTrailingDigit', fields.priceTrailingDigit)
  set(device, 'thresholdMultiplier', fields.blockThresholdMultiplier)
  set(device, 'thresholdDivisor', fields.blockThresholdDivisor)
}

/** Bit 0 of the control of a price matrix: prices of tiers, else of blocks. gbz_commands.json, GCS01a. */
const TIERS_ONLY = 0x01

function publishPriceMatrix({ device }: ZclContext, { subPayloadControl, priceMatrixSubPayload }: PriceMatrix): void {
  for (const { tierOrBlock, price: amount } of priceMatrixSubPayload) {
    const byTier = (subPayloadControl & TIERS_ONLY) !== 0
    const number = byTier ? tierOrBlock : tierOrBlock + 1
    refuseUnless(number >= 1 && number <= (byTier ? TIERS : BLOCKS), `tier or block ${tierOrBlock}`)
    device.items.write(byTier ? tierPrice(number) : blockPrice(number), amount)
  }
}

function publishBlockThresholds({ device }: ZclContext, { blockThresholdSubPayload }: PublishedThresholds): void {
  for (const { thresholds } of blockThresholdSubPayload) {
    refuseUnless(thresholds.length < BLOCKS, `${thresholds.length} thresholds`)
    thresholds.forEach((threshold, i) => device.items.write(blockThreshold(i + 1), threshold))
  }
}

function getBillingPeriod({ device }: ZclContext, { tariffType }: { tariffType: number }): ZclAnswer {
  const found = device.items.read(billingPeriod)
  return found && found.tariffType === tariffType ? [{ command: 'publishBillingPeriod', fields: found }] : notFound
}

/** The tier (1 to 4) in which gas is charged at a time, by the tariff switching table; undefined where there is none. */
export function activeTier(device: Device, time = device.now): number | undefined {
  const tier = calendarAt(device, calendarType.tariff, time)?.selector
  return tier !== undefined && tier >= 1 && tier <= TIERS ? tier : undefined
}

/** Upper ends of the blocks, of those that are in use. Their unit is that of the consumption. */
export const blockThresholds = ({ items }: Device): BlockThresholds => {
  const used = items.read(tariffInformation)?.numberOfBlockThresholdsInUse ?? 0
  return blockThresholdsFrom([1, 2, 3].slice(0, used).map((block) => items.read(blockThreshold(block))))
}
const METRES_CUBED = 1
/** Duration of a price that holds until it is changed. */
const UNTIL_CHANGED = 0xffff
/** The price that holds now. Unit, start and label are constants of GBCS (gbz_commands.json, GCS21f). */
function getCurrentPrice(context: ZclContext, blockConsumption: (device: Device) => number): ZclAnswer {
  const { device } = context
  const tariff = device.items.read(tariffInformation)
  if (!tariff) return notFound
  const { numberOfPriceTiersInUse: tiers, numberOfBlockThresholdsInUse: thresholds } = tariff
  const segment = calendarAt(device, calendarType.tariff)
  const tier = tiers > 0 ? activeTier(device) : 0
  if (tier === undefined || (tiers === 0 && thresholds === 0)) return notFound
  const block = blockOf(blockThresholds(device), blockConsumption(device)) + 1
  const amount = device.items.read(tier > 0 ? tierPrice(tier) : blockPrice(block))
  const fields: Price = {
    providerId: tariff.providerId,
    rateLabel: tariff.tariffLabel,
    issuerEventId: tariff.issuerEventId,
    currentTime: device.now,
    unitOfMeasure: METRES_CUBED,
    currency: device.items.read(numberItem(price, 'currency')),
    priceTrailingDigitAndPriceTier: device.items.read(numberItem(price, 'priceTrailingDigit')) | tier,
    numberOfPriceTiersAndRegisterTier: (tiers << 4) | tier,
    startTime: 0,
    durationInMinutes:
      segment && tier > 0 ? Math.min((segment.until - segment.from) / 60, UNTIL_CHANGED) : UNTIL_CHANGED,
    price: amount,
  }
  return [{ command: 'publishPrice', fields }]
}

/** A price that is published tells of the tariff what it needs to be published. */
function learnPrice({ device }: ZclContext, fields: Readonly<Record<string, any>>): void {
  const tiers = (fields['numberOfPriceTiersAndRegisterTier'] as number) >> 4
  device.items.write(tariffInformation, {
    providerId: fields['providerId'],
    issuerEventId: fields['issuerEventId'],
    tariffLabel: fields['rateLabel'],
    numberOfPriceTiersInUse: tiers,
    numberOfBlockThresholdsInUse: tiers > 0 ? 0 : BLOCKS - 1,
  })
}

const as =
  <F>(publish: (context: ZclContext, fields: F) => void) =>
  (context: ZclContext, fields: Readonly<Record<string, any>>): void =>
    publish(context, fields as F)
const store =
  <F>(kept: Item<F>) =>
  ({ device }: ZclContext, fields: Readonly<Record<string, any>>): void =>
    device.items.write(kept, fields as F)

function publishConversionFactor({ device }: ZclContext, fields: FieldsOf<Published['publishConversionFactor']>): void {
  set(device, 'conversionFactor', fields.conversionFactor)
  set(device, 'conversionFactorTrailingDigit', fields.conversionFactorTrailingDigit)
}
function publishCalorificValue({ device }: ZclContext, fields: FieldsOf<Published['publishCalorificValue']>): void {
  set(device, 'calorificValue', fields.calorificValue)
  set(device, 'calorificValueUnit', fields.calorificValueUnit)
  set(device, 'calorificValueTrailingDigit', fields.calorificValueTrailingDigit)
}

/** Billing and block periods that count nothing, or in a unit that there is not, would never end. */
function checkedPeriod(duration: number, type: number): void {
  if (duration === 0 || (type & 0x0f) > 3) throw new ZclError(zclStatus.invalidValue)
}
function publishBillingPeriod(context: ZclContext, fields: BillingPeriod): void {
  checkedPeriod(fields.billingPeriodDuration, fields.billingPeriodDurationType)
  context.device.items.write(billingPeriod, fields)
}
function publishBlockPeriod(context: ZclContext, fields: BlockPeriod): void {
  checkedPeriod(fields.blockPeriodDuration, fields.blockPeriodDurationType)
  context.device.items.write(blockPeriod, fields)
}

/** Reads of tariff, price and billing calendar; `blockConsumption` is what counts towards the blocks. */
export const priceReads = (blockConsumption: (device: Device) => number): ClusterServer => ({
  commands: {
    'price.getBillingPeriod': { handle: as(getBillingPeriod) as never },
    'price.getCurrentPrice': { handle: (context) => getCurrentPrice(context, blockConsumption) },
  },
  learns: {
    'price.publishPrice': learnPrice,
    'price.publishTariffInformation': as(publishTariffInformation),
    'price.publishPriceMatrix': as(publishPriceMatrix),
    'price.publishBlockThresholds': as(publishBlockThresholds),
    'price.publishConversionFactor': as(publishConversionFactor),
    'price.publishCalorificValue': as(publishCalorificValue),
    'price.publishBillingPeriod': store(billingPeriod),
    'price.publishBlockPeriod': store(blockPeriod),
  },
})

const startTime = ({ startTime: time }: Readonly<Record<string, any>>): number => time as number

/** Commands that set tariff and prices, now or at a time, and the billing calendar. */
export const priceWrites: ClusterServer = {
  commands: {
    'price.publishTariffInformation': { handle: as(publishTariffInformation), startTime },
    'price.publishPriceMatrix': { handle: as(publishPriceMatrix), startTime },
    'price.publishBlockThresholds': { handle: as(publishBlockThresholds), startTime },
    'price.publishConversionFactor': { handle: as(publishConversionFactor), startTime },
    'price.publishCalorificValue': { handle: as(publishCalorificValue), startTime },
    'price.publishBillingPeriod': { handle: as(publishBillingPeriod) },
    'price.publishBlockPeriod': { handle: as(publishBlockPeriod) },
  },
}
