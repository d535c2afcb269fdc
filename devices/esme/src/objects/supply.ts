import { GbcsError } from '@smets2-sim/bytes'
import * as o from '@smets2-sim/gbcs'
import { type CosemContext, methodOf, supply } from '@smets2-sim/firmware'
import { loadLimit, supplyState } from '../data/supply.js'
import { meterUp } from '../running/meter-up.js'
import { controlStateOf, orderSupply, raiseAll, supplyAccessError } from '../running/supply.js'
import { constant, reading, refuse } from './reading.js'

const COUNT = { scaler: 0, unit: 255 }

function execute(context: CosemContext, selector: number): void {
  const order = supply.orderOfScript(selector)
  if (!order) throw new GbcsError('invalidValue', `supply script ${selector}`)
  meterUp(context.device)
  const { failure, raised } = orderSupply(context.device, order)
  if (failure) refuse(context, supplyAccessError(failure), raised)
  raiseAll(context.device, raised)
}

/** A state in which the order can be carried out: armed is what is disabled. */
function prepare({ device }: CosemContext, selector: number): void {
  if (supply.orderOfScript(selector) === 'arm') device.items.write(supplyState, 'disabledByCommand')
}

const stateOfControl = ['disabledByCommand', 'enabled', 'armed'] as const

/** Load switch and load limit: ECS27, ECS28b, ECS42 to ECS45. facts 5.9, 12.6. */
export const supplyViews = [
  reading(o.supplyState.controlState, {
    get: (device) => supply.cosemControlState[controlStateOf(device)],
    prime: (device, state) => device.items.write(supplyState, stateOfControl[state] ?? 'enabled'),
  }),
  methodOf(o.supplyScripts.execute, execute, prepare),
  reading(o.loadLimitCounter.value, {
    get: (device) => device.items.read(loadLimit).counter,
    prime: (device, counter) => device.items.update(loadLimit, (limit) => ({ ...limit, counter })),
  }),
  constant(o.loadLimitCounter.scalerUnit, COUNT),
  methodOf(o.loadLimitCounter.reset, ({ device }) => {
    device.items.update(loadLimit, supply.resetLoadLimitCounter)
  }),
]
