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

/** What came of a change of the supply: why it did not happen, and the alerts about it. */
export interface SupplyChange {
  readonly failure?: SupplyFailure
  readonly raised: readonly AlertName[]
}
export type SupplyFailure = supply.SupplyRefusal | 'stuck'

/** Something has happened that may change the supply. What has been metered must be up to date. */
export function moveSupply(device: Device, event: supply.SupplyEvent): void {
  raiseAll(device, put(device, supply.loadSwitch.on(device.items.read(supplyState), event)).raised)
}

/** Puts the load switch into a state, unless it is stuck. */
function put(device: Device, { state, raised }: supply.SupplyStep<supply.ElectricitySupplyState>): SupplyChange {
  const before = device.items.read(supplyState)
  if (state === before) return { raised: [] }
  const closes = supply.controlStateOf(state) === 'enabled'
  if (closes !== (supply.controlStateOf(before) === 'enabled') && device.items.read(loadSwitchStuck))
    return { failure: 'stuck', raised: [closes ? 'supplyConnectFailure' : 'supplyDisconnectFailure'] }
  device.items.write(supplyState, state)
  observePower(device)
  return { raised }
}

const conditions = (device: Device): supply.SupplyConditions => ({
  creditForbids: device.items.read(account).watch.disabling,
  hasSwitch: hardwareOf(device).loadSwitch,
})
const carryOut = (device: Device, outcome: supply.SupplyOutcome<supply.ElectricitySupplyState>): SupplyChange =>
  outcome.kind === 'done' ? put(device, outcome) : { failure: outcome.reason, raised: [] }

/** A remote order: ECS42, ECS43, ECS44. The caller raises the alerts. */
export const orderSupply = (device: Device, order: supply.SupplyOrder): SupplyChange =>
  carryOut(device, supply.loadSwitch.order(device.items.read(supplyState), order, conditions(device)))

/** The user enables an armed supply. The caller raises the alerts. */
export const userEnablesSupply = (device: Device): SupplyChange =>
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
