/**
 * Money for energy, exact: a watt-hour costs a thousandth of the price of a kilowatt-hour, and what does not make up a
 * millipenny is carried.
 */
export interface Cost {
  readonly costMillipence: number
  /** 0 to 999 thousandths of a millipenny. */
  readonly remainder: number
}
export const noCost: Cost = { costMillipence: 0, remainder: 0 }

/** Adds so many watt-hours at a price; the price, and so the cost, may be negative. */
export function addCost(cost: { -readonly [K in keyof Cost]: Cost[K] }, wh: number, millipencePerKwh: number): void {
  const thousandths = cost.remainder + wh * millipencePerKwh
  const whole = Math.floor(thousandths / 1000)
  cost.costMillipence += whole
  cost.remainder = thousandths - whole * 1000
}
