import { GbcsError, toHex } from '@smets2-sim/bytes'
import { BLOCK_TOU_REGISTERS, BLOCKS, SECONDARY_TOU_REGISTERS, TOU_REGISTERS } from './registers.js'

/** The value of `unitChargeActive` or `unitChargePassive` of a class 113 object. */
export interface UnitCharge {
  readonly scaling: { readonly commodityScale: number; readonly priceScale: number }
  readonly charges: readonly { readonly index: Uint8Array; readonly charge: number }[]
}

/** Prices of the primary element, each of a tariff register. May be negative. */
export interface Prices {
  readonly touMillipencePerKwh: readonly number[]
  /** Block after block, 8 registers each. */
  readonly blockMillipencePerKwh: readonly number[]
}

/** Indexes of the price table: 01 to 30 time of use, A1 to A8 the first block, to D1 to D8 the fourth. facts 5.7. */
const touIndexes = Array.from({ length: TOU_REGISTERS }, (_, i) => i + 1)
const blockIndexes = Array.from(
  { length: BLOCKS * BLOCK_TOU_REGISTERS },
  (_, i) => 0xa1 + 0x10 * Math.floor(i / BLOCK_TOU_REGISTERS) + (i % BLOCK_TOU_REGISTERS),
)
const secondaryIndexes = touIndexes.slice(0, SECONDARY_TOU_REGISTERS)

/** Powers of ten of a millipenny (or of a thousandth of a cent) and of a kilowatt-hour. */
const MILLIPENNY_SCALE = -5
const KWH_SCALE = 3

/**
 * The prices of all 80 registers, exact.
 * @throws GbcsError `invalidValue`: a price is missing, is there twice or is of no register (facts 5.7), or is no whole
 * number of millipence a kWh (our decision)
 */
export function pricesFrom(unitCharge: UnitCharge): Prices {
  const prices = tableOf(unitCharge, [...touIndexes, ...blockIndexes], KWH_SCALE)
  return {
    touMillipencePerKwh: prices.slice(0, TOU_REGISTERS),
    blockMillipencePerKwh: prices.slice(TOU_REGISTERS),
  }
}

/** The four prices of the secondary element in millipence a kWh. @throws GbcsError as `pricesFrom` */
export const secondaryPricesFrom = (unitCharge: UnitCharge): readonly number[] =>
  tableOf(unitCharge, secondaryIndexes, KWH_SCALE)

/** The standing charge in millipence: one amount with an empty index. @throws GbcsError `invalidValue` */
export function standingChargeFrom({ scaling, charges }: UnitCharge): number {
  const [only, ...others] = charges
  if (!only || others.length > 0 || only.index.length > 0)
    throw new GbcsError('invalidValue', `standing charge of ${charges.length} amounts, expected one without index`)
  return scaled(only.charge, scaling.priceScale - MILLIPENNY_SCALE - scaling.commodityScale)
}

function tableOf({ scaling, charges }: UnitCharge, indexes: readonly number[], commodityScale: number): number[] {
  const power = scaling.priceScale - MILLIPENNY_SCALE + commodityScale - scaling.commodityScale
  const found = new Map<number, number>()
  for (const { index, charge } of charges) {
    const key = index[0]
    if (index.length !== 1 || key === undefined || !indexes.includes(key) || found.has(key))
      throw new GbcsError('invalidValue', `price ${toHex(index) || 'without index'} is of no register or there twice`)
    found.set(key, scaled(charge, power))
  }
  return indexes.map((index) => {
    const price = found.get(index)
    if (price === undefined)
      throw new GbcsError('invalidValue', `no price ${index.toString(16)}, expected ${indexes.length} prices`)
    return price
  })
}

function scaled(charge: number, power: number): number {
  // divide by the inverse power, since 10 to a negative power is not exact
  const value = power >= 0 ? charge * 10 ** power : charge / 10 ** -power
  if (!Number.isSafeInteger(value))
    throw new GbcsError('invalidValue', `charge ${charge} times ten to ${power} is no whole number of millipence`)
  return value
}

/** Prices of nothing, before the first tariff. */
export const noPrices: Prices = {
  touMillipencePerKwh: touIndexes.map(() => 0),
  blockMillipencePerKwh: blockIndexes.map(() => 0),
}
export const noSecondaryPrices: readonly number[] = secondaryIndexes.map(() => 0)
