import type { FuzzTally } from './fuzz.js'

/** What a run measured besides the tally. */
export interface FuzzMeasure {
  readonly seed: number
  readonly seeds: number
  readonly elapsedMs: number
  /** The input that took longest. */
  readonly slowest: { readonly index: number; readonly ms: number }
}

const number = (value: number): string => Math.round(value).toLocaleString('en-GB')

/** The report of a run in lines: inputs, rate, inputs of each decoder, failures. */
export function fuzzReport(tally: FuzzTally, { seed, seeds, elapsedMs, slowest }: FuzzMeasure): string {
  const rate = tally.inputs / (elapsedMs / 1000)
  const decoded = ((100 * tally.accepted) / Math.max(1, tally.inputs)).toFixed(1)
  const targets = [...tally.perTarget].sort(([a], [b]) => a.localeCompare(b))
  return [
    `inputs     ${number(tally.inputs)} from ${number(seeds)} messages, seed ${seed}`,
    `rate       ${number(rate)} a second, ${number(rate * 60)} a minute, ${(elapsedMs / 1000).toFixed(1)} s`,
    `decoded    ${decoded} %, the others refused with a GbcsError`,
    `slowest    ${slowest.ms.toFixed(1)} ms (input ${slowest.index})`,
    ...targets.map(([name, count]) => `  ${name.padEnd(22)}${number(count).padStart(12)}`),
    ...tally.failures.map(
      ({ target, index, problem, input }) => `FAILURE    ${target}, input ${index}: ${problem}\n           ${input}`,
    ),
    `failures   ${tally.failures.length}`,
    '',
  ].join('\n')
}
