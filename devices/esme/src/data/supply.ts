import * as o from '@smets2-sim/gbcs'
import { type Item, item, supply, derived, type Derived } from '@smets2-sim/firmware'
import { itemsOf, valueOf } from './items.js'

/** State of the load switch with its cause. facts 12.6. */
export const supplyState: Item<supply.ElectricitySupplyState> = item('supply.state', 'enabled')
/** The load switch is stuck: a fault of the meter. */
export const loadSwitchStuck: Item<boolean> = item('supply.loadSwitchStuck', false)
export const loadLimit: Item<supply.LoadLimit> = item('supply.loadLimit', supply.newLoadLimit)

/**
 * What ECS28a has set. A threshold of 0 is no limit; Load Limit Supply State TRUE turns the supply off, FALSE leaves it
 * as it is; the supply comes back after a second at the earliest (our decisions).
 */
export const loadLimitSettingsOf: Derived<supply.LoadLimitSettings> = derived(
  itemsOf([
    o.loadLimit.thresholdNormal,
    o.loadLimit.minOverThresholdDurationS,
    o.loadLimit.minUnderThresholdDurationS,
    o.loadLimitSupplyState.valueActive,
  ]),
  (device) => ({
    powerThresholdW: valueOf(device, o.loadLimit.thresholdNormal) || Infinity,
    periodS: valueOf(device, o.loadLimit.minOverThresholdDurationS),
    restorationPeriodS: Math.max(1, valueOf(device, o.loadLimit.minUnderThresholdDurationS)),
    disablesSupply: valueOf(device, o.loadLimitSupplyState.valueActive),
  }),
)
