import { native } from '@smets2-sim/crypto'
import { expect, it } from 'vitest'
import { householdMeterDays } from './meter-days.js'
import { householdDay } from './metering/index.js'

it('meters a household as its curve says, whatever the steps of the bench', () => {
  const energyOf = (day: number): number =>
    householdDay(day, day * 86_400, 300).reduce(
      (wattSeconds, { conditions }) => wattSeconds + (conditions.phases[0]?.activeW ?? 0) * 300,
      0,
    )
  const meterDay = householdMeterDays(native)
  expect(meterDay()).toBe(Math.floor(energyOf(0) / 3600))
  expect(meterDay()).toBe(Math.floor((energyOf(0) + energyOf(1)) / 3600))
})
