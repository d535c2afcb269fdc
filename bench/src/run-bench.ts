import { native, noble } from '@smets2-sim/crypto'
import { codecCases } from './codec.js'
import { exchangeCases } from './exchanges.js'
import { gateCases } from './gate.js'
import { type Figure, measure } from './measure.js'
import { memoryPerMeter } from './memory.js'
import { meteringCases } from './metering.js'
import { opensslSpeed } from './openssl.js'

export interface BenchReport {
  readonly figures: readonly Figure[]
  /** Octets of memory for an idle electricity meter. */
  readonly octetsPerMeter: number
  readonly openssl?: { readonly signPerSecond: number; readonly verifyPerSecond: number }
}

/** Runs every benchmark, each case for about `timeMs`. */
export function runBench(timeMs = 500): BenchReport {
  const octetsPerMeter = memoryPerMeter()
  const figures = [
    ...measure(codecCases(), timeMs / 2),
    ...measure(meteringCases(), timeMs),
    ...[native, noble].flatMap((p) => [
      ...measure(gateCases(p), timeMs),
      ...measure(exchangeCases(p, p.name === 'noble' ? 300 : undefined), timeMs),
    ]),
  ]
  const openssl = opensslSpeed(1)
  return { figures, octetsPerMeter, ...(openssl && { openssl }) }
}

/** The report as a table for people. */
export function benchText({ figures, octetsPerMeter, openssl }: BenchReport): string {
  const width = Math.max(...figures.map(({ name }) => name.length))
  const rows = figures.map(
    ({ name, medianUs, perSecond, ratio }) =>
      `${name.padEnd(width)}  ${medianUs.toFixed(2).padStart(10)} µs  ${Math.round(perSecond).toString().padStart(9)} /s  ${ratio === undefined ? '    limit' : `${ratio.toFixed(2).padStart(7)} x`}`,
  )
  const tail = [
    `${'memory of an idle electricity meter'.padEnd(width)}  ${(octetsPerMeter / 1024).toFixed(1).padStart(10)} KiB`,
    ...(openssl
      ? [
          `${'openssl speed: sign, verify'.padEnd(width)}  ${Math.round(openssl.signPerSecond)} /s, ${Math.round(openssl.verifyPerSecond)} /s`,
        ]
      : []),
  ]
  return `${[...rows, ...tail].join('\n')}\n`
}
