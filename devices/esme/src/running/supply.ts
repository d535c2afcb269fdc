import { accessResult } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import { AccessError, type Device, raise, supply } from '@smets2-sim/firmware'
import { account } from '../data/account.js'
import { conditionsOf } from '../data/metering.js'
import { loadLimit, loadLimitSettingsOf, loadSwitchStuck, supplyState } from '../data/supply.js'
import { hardwareOf } from '../hardware.js'
import { flowOf } from '../metering/index.js'

export const raiseAll = (device: Device, names: readonly AlertName[]): void => {
  for (const name of names) raise(device, name)
}

/** Enabled, disabled or armed, as a reader sees it. */
export const controlStateOf = (device: Device): supply.ControlState =>
  supply.controlStateOf(device.items.read(supplyState))

/** Something has happened that may change the supply. What has been metered must be up to date. */
export function moveSupply(device: Device, event: supply.SupplyEvent): void {
  put(device, supply.loadSwitch.on(device.items.read(supplyState), event))
}

/** Puts the load switch into a state, if it is not stuck; whether it is there. */
function put(device: Device, { state, raised }: supply.SupplyStep<supply.ElectricitySupplyState>): boolean {
  const before = device.items.read(supplyState)
  if (state === before) return true
  const moves = (supply.controlStateOf(before) === 'enabled') !== (supply.controlStateOf(state) === 'enabled')
  if (moves && device.items.read(loadSwitchStuck)) {
    raise(device, supply.controlStateOf(state) === 'enabled' ? 'supplyConnectFailure' : 'supplyDisconnectFailure')
    return false
  }
  device.items.write(supplyState, state)
  raiseAll(device, raised)
  observePower(device)
  return true
}

const conditions = (device: Device): supply.SupplyConditions => ({
  creditForbids: device.items.read(account).watch.disabling,
  hasSwitch: hardwareOf(device).loadSwitch,
})

/** Why an order to the supply was not carried out. */
export type SupplyFailure = supply.SupplyRefusal | 'stuck'

function carryOut(
  device: Device,
  outcome: supply.SupplyOutcome<supply.ElectricitySupplyState>,
): SupplyFailure | undefined {
  if (outcome.kind === 'refused') return outcome.reason
  return put(device, outcome) ? undefined : 'stuck'
}

/** A remote order: ECS42, ECS43, ECS44. Undefined when it was carried out. */
export const orderSupply = (device: Device, order: supply.SupplyOrder): SupplyFailure | undefined =>
  carryOut(device, supply.loadSwitch.order(device.items.read(supplyState), order, conditions(device)))

/** The user enables an armed supply. */
export const userEnablesSupply = (device: Device): SupplyFailure | undefined =>
  carryOut(device, supply.loadSwitch.userEnables(device.items.read(supplyState), conditions(device)))

/** The answer to an order that was not carried out. */
export const supplyAccessError = (failure: SupplyFailure): AccessError =>
  new AccessError(
    failure === 'stuck' ? accessResult.hardwareFault : supply.supplyRefusalResults[failure].access,
    `the supply cannot be changed: ${failure}`,
  )

/** Active Power Import at the moment. */
export const activePowerImportW = (device: Device): number =>
  flowOf(hardwareOf(device).variant, conditionsOf(device)).activePowerImportW

/** Compares the power that flows from now on with the load limit. Called whenever power or limit change, and when due. */
export function observePower(device: Device): void {
  const before = device.items.read(loadLimit)
  const isLimited = device.items.read(supplyState) === 'armedByLoadLimit'
  const step = supply.observeLoad(
    before,
    loadLimitSettingsOf(device),
    activePowerImportW(device),
    device.now,
    isLimited,
  )
  if (!isSame(step.limit, before)) device.items.write(loadLimit, step.limit)
  raiseAll(device, step.raised)
  if (step.supply) moveSupply(device, step.supply)
}
const isSame = (a: supply.LoadLimit, b: supply.LoadLimit): boolean =>
  a.aboveSince === b.aboveSince && a.reported === b.reported && a.restoreAt === b.restoreAt && a.counter === b.counter
