import { metering, zclStatus } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { creditForbids } from '../gas/credit.js'
import {
  gasValve,
  setValveState,
  supplyEvent,
  supplyStatus,
  supplyStatusOf,
  valveState,
  type ValveState,
} from '../gas/valve.js'
import { primeZclAttribute } from './attributes.js'
import { type FieldsOf, refuseUnless } from './fields.js'
import { type ClusterServer, type ZclAnswer, type ZclContext, ZclError } from './profile.js'

type Commands = (typeof metering)['toServer']

/** A valve in a state that shows this supply status. */
const stateOf: Readonly<Record<number, ValveState>> = {
  [supplyStatus.off]: 'disabledByCommand',
  [supplyStatus.armed]: 'armed',
  [supplyStatus.on]: 'enabled',
}
function primeSupplyStatus(device: Device, status: number): void {
  if (supplyStatusOf(valveState(device)) !== status) setValveState(device, stateOf[status] ?? 'enabled')
}

/**
 * GCS32 closes the valve, GCS39 arms it. One that is so already is left. Arming is refused while credit forbids supply,
 * and of an open valve; opening from afar always is. Our decision how: the samples show hardware failures only.
 */
function changeSupply({ device }: ZclContext, fields: FieldsOf<Commands['changeSupply']>): ZclAnswer {
  const wanted = fields.proposedSupplyStatus
  refuseUnless(wanted === supplyStatus.off || wanted === supplyStatus.armed, `proposed supply status ${wanted}`)
  const event = wanted === supplyStatus.off ? 'disableCommand' : 'armCommand'
  const possible = gasValve.next(valveState(device), event) !== undefined
  if (!possible && supplyStatusOf(valveState(device)) !== wanted) throw new ZclError(zclStatus.failure)
  if (possible && event === 'armCommand' && creditForbids(device)) throw new ZclError(zclStatus.failure)
  supplyEvent(device, event)
  return [
    {
      command: 'supplyStatusResponse',
      fields: {
        providerId: fields.providerId,
        issuerEventId: fields.issuerEventId,
        implementationDateTime: fields.implementationDateTime,
        supplyStatus: supplyStatusOf(valveState(device)),
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
        throw new ZclError(zclStatus.unsupportedClusterCommand)
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
      get: ({ device }) => supplyStatusOf(valveState(device)),
      prime: ({ device }, value) => primeSupplyStatus(device, value as number),
    },
  },
  learns: {
    'metering.supplyStatusResponse': ({ device }, { supplyStatus: status }) => primeSupplyStatus(device, status),
  },
}
