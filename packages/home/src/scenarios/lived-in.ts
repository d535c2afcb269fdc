import { home } from '../builder.js'
import type { Home } from '../home.js'
import { gasEnergy, oneGasPrice } from './gas-tariff.js'
import { liveADay } from './household.js'
import { prepaymentMode } from './payment-modes.js'
import { onePrice, prepaymentRules } from './prepayment-settings.js'

const SEED = 7
const DAY_S = 86_400
const HOUR_S = 3600
const PATIENCE = { timeoutS: 2 * HOUR_S }
/** What the heating takes from the morning on, and what it takes at night. */
const HEATING_LITRES_PER_HOUR = [900, 150] as const
const [MORNING, EVENING] = [6, 22]

/**
 * A home in which people live: both fuels have their prices, electricity is paid for before it is used, and three days
 * have passed. It has both displays, and its household goes on for the days to come.
 */
export async function livedIn(days = 30): Promise<Home> {
  const lived = await home({ seed: SEED, now: '2026-01-05T12:00:00Z' })
    .electricity({ activeImportWh: 12_345_678 })
    .gas({ consumptionL: 4_200_000 })
    .ihd()
    .ppmid()
    .commission()
  const { supplier, esme, gsme } = lived
  await supplier.send(onePrice(esme, 24_500, 53_000))
  await supplier.send(
    prepaymentRules(esme, {
      lowCreditThreshold: 200_000,
      emergencyCreditThreshold: 100_000,
      emergencyCreditLimit: 1_000_000,
      nonDisablement: { from: 18, to: 8 },
    }),
  )
  await supplier.send(prepaymentMode(esme, 0))
  await supplier.sendTopUp(supplier.issueTopUp({ to: esme, pence: 3000 }))
  await supplier.send(gasEnergy(gsme), PATIENCE)
  await supplier.send(oneGasPrice(gsme, 6_200, 31_000, 'GAS'), PATIENCE)
  const midnight = (Math.floor(lived.now / DAY_S) + 1) * DAY_S
  for (let day = 0; day < days; day++) {
    liveADay(lived, SEED + day, midnight + day * DAY_S)
    heat(lived, midnight + day * DAY_S)
  }
  await lived.advance(midnight + 3 * DAY_S + 7 * HOUR_S + 60 - lived.now)
  return lived
}

function heat({ premises, gsme }: Home, midnight: number): void {
  const [byDay, atNight] = HEATING_LITRES_PER_HOUR
  for (const [hour, litres] of [
    [MORNING, byDay],
    [EVENING, atNight],
  ] as const)
    premises.world.at((midnight + hour * HOUR_S) * 1000, 'the heating', () => gsme.setDemand(litres))
}
