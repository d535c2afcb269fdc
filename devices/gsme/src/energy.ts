import type { Device } from '@smets2-sim/firmware'
import { type Item, item, numberItem } from '@smets2-sim/firmware'
import { price } from '@smets2-sim/zcl'

// Energy of a volume of gas: cubic metres times conversion factor times calorific value (MJ a cubic metre) over 3.6.

const conversionFactor = item<number>('price.conversionFactor', 102_264)
const conversionDigits = item<number>('price.conversionFactorTrailingDigit', 0x50)
const calorificValue = item<number>('price.calorificValue', 395)
const calorificDigits = item<number>('price.calorificValueTrailingDigit', 0x10)
export const energySettings = { conversionFactor, conversionDigits, calorificValue, calorificDigits } as const

const currency = numberItem(price, 'currency')
export { currency }

/** What a litre is in watt hours: an exact fraction. The high nibble of a trailing digit counts decimals. */
export function wattHoursPerLitre({ items }: Device): { readonly numerator: number; readonly denominator: number } {
  const decimals = (items.read(conversionDigits) >> 4) + (items.read(calorificDigits) >> 4)
  const [factor, value] = [items.read(conversionFactor), items.read(calorificValue)]
  return { numerator: factor * value * 10, denominator: 36 * 10 ** decimals }
}

/** What is left over when volumes are turned into whole watt hours, in the fraction that holds now. */
const remainder: Item<{ readonly numerator: number; readonly denominator: number }> = item('energy.remainder', {
  numerator: 0,
  denominator: 1,
})

/** Whole watt hours of a volume; the rest is carried to the next. A change of factor drops less than a watt hour. */
export function toWattHours(device: Device, litres: number): number {
  const { numerator, denominator } = wattHoursPerLitre(device)
  const kept = device.items.read(remainder)
  const carried = kept.denominator === denominator ? kept.numerator : 0
  const total = BigInt(litres) * BigInt(numerator) + BigInt(carried)
  const wattHours = total / BigInt(denominator)
  device.items.write(remainder, { numerator: Number(total % BigInt(denominator)), denominator })
  return Number(wattHours)
}
