/** Where a value lies on the picture. */
export type Scale = (value: number) => number

/** From values to pixels; values may grow against the pixels. */
export const linear = ([low, high]: Range, [first, last]: Range): Scale => {
  const factor = (last - first) / (high - low)
  return (value) => first + (value - low) * factor
}
export type Range = readonly [number, number]

/** Round values that cover a range in about so many steps, its ends included. */
export function roundTicks([low, high]: Range, steps: number): readonly number[] {
  const step = roundStep((high - low) / steps)
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, i) => (first + i) * step)
}
/** The next of 1, 2, 5, 10, 20, 50 and so on that is not less. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, Number.MIN_VALUE)))
  return [1, 2, 5, 10].map((one) => one * power).find((step) => step >= least) ?? 10 * power
}
/** Lowest and highest of some values. */
export const rangeOf = (values: readonly number[]): Range => [Math.min(...values), Math.max(...values)]
