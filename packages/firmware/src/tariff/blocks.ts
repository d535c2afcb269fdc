/** A threshold that is never reached. facts 5.7. */
export const NO_THRESHOLD = 0xffff_ffff

/** Upper ends of blocks 1 to 3, in the unit of the counters; block 4 has none. */
export type BlockThresholds = readonly [number, number, number]

/** Thresholds as they were sent: those that are left out are never reached. */
export const blockThresholdsFrom = (values: readonly number[]): BlockThresholds => [
  values[0] ?? NO_THRESHOLD,
  values[1] ?? NO_THRESHOLD,
  values[2] ?? NO_THRESHOLD,
]

const isReached = (threshold: number, consumption: number): boolean =>
  threshold !== NO_THRESHOLD && consumption >= threshold

/** The block (0 to 3) into which the next unit falls, after so much consumption since the counters were reset. */
export function blockOf(thresholds: BlockThresholds, consumption: number): number {
  let block = 0
  while (block < 3 && isReached(thresholds[block] as number, consumption)) block++
  return block
}

/** How much more ends the present block; Infinity when nothing does. */
export function untilNextBlock(thresholds: BlockThresholds, consumption: number): number {
  const threshold = thresholds[blockOf(thresholds, consumption)]
  return threshold === undefined || threshold === NO_THRESHOLD ? Infinity : threshold - consumption
}
