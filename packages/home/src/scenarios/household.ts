import type { UtcSeconds } from '@smets2-sim/cosem'
import { householdDay } from '@smets2-sim/esme'
import type { ChartPoint } from '../chart/chart.js'
import type { Home } from '../home.js'

/** How often the load of the house changes, and the meter is looked at. */
const STEP_S = 300
const DAY_S = 86_400

/** What the meter showed so far, in order of time. */
export interface Watched {
  readonly points: readonly ChartPoint[]
  /** Looks at the meter now, besides. */
  look(): void
}

/** A household lives for a day, from midnight on, and the meter is looked at whenever its load changes. */
export function liveADay(home: Home, seed: number, midnight: UtcSeconds): Watched {
  const points: ChartPoint[] = []
  const { esme, premises } = home
  const look = (): void => {
    const { meterBalanceMillipence, emergencyCredit, emergencyCreditMillipence, supply } = esme.readings()
    points.push({
      at: home.now,
      powerW: esme.device.activePowerImportW,
      balanceMillipence: meterBalanceMillipence,
      ...(emergencyCredit === 'active' && { emergencyCreditMillipence }),
      supply,
    })
  }
  for (const { until, conditions } of householdDay(seed, midnight, STEP_S)) {
    const [phase] = conditions.phases
    premises.world.at((until - STEP_S) * 1000, 'the household', () => {
      esme.load({ watts: phase?.activeW ?? 0 })
      look()
    })
  }
  premises.world.at((midnight + DAY_S) * 1000, 'the end of the day', look)
  return { points, look }
}
