import { fromHex } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { pricesFrom, secondaryPricesFrom, standingChargeFrom, type UnitCharge } from './prices.js'

const indexes = [
  ...Array.from({ length: 48 }, (_, i) => i + 1),
  ...[0xa0, 0xb0, 0xc0, 0xd0].flatMap((block) => Array.from({ length: 8 }, (_, i) => block + i + 1)),
]
const table = (charge: (index: number) => number, commodityScale = 3, priceScale = -5): UnitCharge => ({
  scaling: { commodityScale, priceScale },
  charges: indexes.map((index) => ({ index: Uint8Array.of(index), charge: charge(index) })),
})
const invalid = expect.objectContaining({ code: 'invalidValue' })

describe('the price table', () => {
  it('has a price for each register, time of use first, then block after block', () => {
    const prices = pricesFrom(table((index) => index))
    expect(prices.touMillipencePerKwh).toEqual(indexes.slice(0, 48))
    expect(prices.blockMillipencePerKwh).toEqual(indexes.slice(48))
  })

  it('does not depend on the order of the elements', () => {
    const { scaling, charges } = table((index) => index)
    expect(pricesFrom({ scaling, charges: charges.toReversed() })).toEqual(pricesFrom({ scaling, charges }))
  })

  it.each([
    [3, -5, 2121, 2121],
    [3, -2, 25, 25_000],
    [0, -5, 2, 2000],
    [6, -5, 2000, 2],
    [3, -6, 50, 5],
    [3, -5, -17, -17],
  ])('scales exactly: %s, %s, %s is %s millipence a kWh', (commodityScale, priceScale, charge, millipence) => {
    expect(pricesFrom(table(() => charge, commodityScale, priceScale)).touMillipencePerKwh[0]).toBe(millipence)
  })

  it('is refused when an index is missing, there twice or of no register, or a price is no whole millipence', () => {
    const { scaling, charges } = table(() => 1)
    expect(() => pricesFrom({ scaling, charges: charges.slice(1) })).toThrowError(invalid)
    expect(() =>
      pricesFrom({ scaling, charges: [...charges.slice(1), charges[1] as (typeof charges)[0]] }),
    ).toThrowError(invalid)
    expect(() => pricesFrom({ scaling, charges: [...charges, { index: fromHex('31'), charge: 1 }] })).toThrowError(
      invalid,
    )
    expect(() => pricesFrom({ scaling, charges: [...charges, { index: fromHex(''), charge: 1 }] })).toThrowError(
      invalid,
    )
    expect(() => pricesFrom(table(() => 5, 3, -6))).toThrowError(invalid)
  })
})

describe('other prices', () => {
  const secondary = [1010, 1120, 1230, 1340].map((charge, i) => ({ index: Uint8Array.of(i + 1), charge }))
  const scaling = { commodityScale: 3, priceScale: -5 }

  it('are the four of the secondary element', () => {
    expect(secondaryPricesFrom({ scaling, charges: secondary })).toEqual([1010, 1120, 1230, 1340])
    expect(() => secondaryPricesFrom({ scaling, charges: secondary.slice(1) })).toThrowError(invalid)
  })

  it('are the standing charge, one amount without index', () => {
    const of = (index: string, charge: number) => ({ index: fromHex(index), charge })
    const daily = { commodityScale: 0, priceScale: -5 }
    expect(standingChargeFrom({ scaling: daily, charges: [of('', 20_000)] })).toBe(20_000)
    expect(() => standingChargeFrom({ scaling: daily, charges: [] })).toThrowError(invalid)
    expect(() => standingChargeFrom({ scaling: daily, charges: [of('01', 1)] })).toThrowError(invalid)
    expect(() => standingChargeFrom({ scaling: daily, charges: [of('', 1), of('', 1)] })).toThrowError(invalid)
  })
})
