import { metering } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { creditForbids } from '../gas/credit.js'
import { moveValve, setValveState, supplyStatus, valveState } from '../gas/valve.js'
import type { GasSupplyState } from '../supply/machines.js'
import { orderOfProposedStatus, supplyRefusalResults, valve, zclSupplyStatus } from '../supply/supply.js'
import { primeZclAttribute } from './attributes.js'
import { type FieldsOf, refuseUnless } from './fields.js'
import { type ClusterServer, type ZclAnswer, type ZclContext, ZclError } from './profile.js'

type Commands = (typeof metering)['toServer']

/** A valve in a state that shows this supply status. */
const stateOf: Readonly<Record<number, GasSupplyState>> = {
  [zclSupplyStatus.disabled]: 'disabledByCommand',
  [zclSupplyStatus.armed]: 'armed',
  [zclSupplyStatus.enabled]: 'enabled',
}
function primeSupplyStatus(device: Device, status: number): void {
  if (supplyStatus(device) !== status) setValveState(device, stateOf[status] ?? 'enabled')
}

/** GCS32 closes the valve, GCS39 arms it. */
function changeSupply({ device }: ZclContext, fields: FieldsOf<Commands['changeSupply']>): ZclAnswer {
  const order = orderOfProposedStatus(fields.proposedSupplyStatus)
  refuseUnless(order !== undefined, `proposed supply status ${fields.proposedSupplyStatus}`)
  const outcome = valve.order(valveState(device), order, { creditForbids: creditForbids(device), hasSwitch: true })
  if (outcome.kind === 'refused') throw new ZclError(supplyRefusalResults[outcome.reason].zcl)
  moveValve(device, outcome)
  return [
    {
      command: 'supplyStatusResponse',
      fields: {
        providerId: fields.providerId,
        issuerEventId: fields.issuerEventId,
        implementationDateTime: fields.implementationDateTime,
        supplyStatus: supplyStatus(device),
      },
    },
  ]
}

/** What the valve does on an event: locked, or as it is. gbz_commands.json, GCS24. */
export const supplyState = { locked: 0, unchanged: 3 } as const

const set = (device: Device, name: keyof (typeof metering)['attributes'], value: number): void =>
  primeZclAttribute(device, metering, metering.attributes[name].id, value)

function setUncontrolledFlowThreshold(
  { device }: ZclContext,
  fields: FieldsOf<Commands['setUncontrolledFlowThreshold']>,
): void {
  refuseUnless(fields.divisor > 0, 'a divisor of 0')
  set(device, 'uncontrolledFlowThreshold', fields.uncontrolledFlowThreshold)
  set(device, 'uncontrolledFlowThresholdUnitOfMeasure', fields.unitOfMeasure)
  set(device, 'uncontrolledFlowMultiplier', fields.multiplier)
  set(device, 'uncontrolledFlowDivisor', fields.divisor)
  set(device, 'flowStabilisationPeriod', fields.stabilisationPeriod)
  set(device, 'flowMeasurementPeriod', fields.measurementPeriod)
}

function setSupplyStatus({ device }: ZclContext, fields: FieldsOf<Commands['setSupplyStatus']>): void {
  const allowed: readonly number[] = Object.values(supplyState)
  refuseUnless(allowed.includes(fields.supplyTamperState), `supply tamper state ${fields.supplyTamperState}`)
  refuseUnless(allowed.includes(fields.supplyDepletionState), `supply depletion state ${fields.supplyDepletionState}`)
  set(device, 'supplyTamperState', fields.supplyTamperState)
  set(device, 'supplyDepletionState', fields.supplyDepletionState)
}

/** A valve that is not there. GCS32 and GCS39 are answered so by a meter without one (our decision). */
export const noValve: ClusterServer = {
  commands: {
    'metering.changeSupply': {
      handle() {
        throw new ZclError(supplyRefusalResults.noSwitch.zcl)
      },
    },
  },
}

/** Valve and uncontrolled flow of a meter. */
export const supplyWrites: ClusterServer = {
  commands: {
    'metering.changeSupply': {
      handle: (context, fields) => changeSupply(context, fields as FieldsOf<Commands['changeSupply']>),
    },
    'metering.setUncontrolledFlowThreshold': {
      handle: (context, fields) => setUncontrolledFlowThreshold(context, fields as never),
    },
    'metering.setSupplyStatus': { handle: (context, fields) => setSupplyStatus(context, fields as never) },
  },
  attributes: {
    'metering.supplyStatus': {
      get: ({ device }) => supplyStatus(device),
      prime: ({ device }, value) => primeSupplyStatus(device, value as number),
    },
  },
  learns: {
    'metering.supplyStatusResponse': ({ device }, { supplyStatus: status }) => primeSupplyStatus(device, status),
  },
}
