import { eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type CryptoProvider, softwareKeyStore } from '@smets2-sim/crypto'
import { Esme } from './esme.js'
import { householdDay } from './metering/index.js'

const DAY_S = 86_400

/**
 * A whole electricity meter in a household, in virtual time: each call meters a day in which the load changes every
 * `stepS` seconds, with logs, charges, supply and all else that a meter does. For benchmarks; returns the register.
 */
export function householdMeterDays(crypto: CryptoProvider, stepS = 300): () => number {
  const clock = { time: 0, now: (): UtcSeconds => clock.time }
  const meter = new Esme(
    eui64('00db1234567890a0'),
    {
      clock,
      crypto,
      keys: softwareKeyStore(crypto, {}),
      entropy: { bytes: (count) => new Uint8Array(count) },
      link: { send: () => undefined },
    },
    {},
  )
  return () => {
    const start = clock.time
    for (const { until, conditions } of householdDay(start / DAY_S, start, stepS)) {
      meter.load({ watts: conditions.phases[0]?.activeW ?? 0, powerFactor: 0.98 })
      clock.time = until
      meter.tick()
    }
    return meter.readings().register
  }
}
