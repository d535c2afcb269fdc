import { type Eui64, eui64Bytes } from '@smets2-sim/bytes'
import { encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import {
  CCS01,
  type CommandRequest,
  CS02b_networkOperatorByNetworkOperator,
  CS02b_supplierBySupplier,
  CS03A1,
  CS03A2,
  CS03B,
  CS03C,
  deviceType,
  ECS70,
  GCS28,
  joinMethod,
  joinResult,
  remotePartyRole,
  replacementStatus,
  toGeneralizedTime,
} from '@smets2-sim/gbcs'
import type { FarEnd, PartyRole, RemoteParty, Request, Response, TestSmki } from '@smets2-sim/parties'
import type { DeviceName } from '../config/ids.js'
import { deviceTitles, partyTitles } from '../words.js'
import { rolesHeldByBroker } from '../premises/manufacture.js'
import { logNumbers } from '../premises/nodes.js'

/** What an installer knows of a home: its devices, their labels, and the time. */
export interface Site {
  readonly ids: ReadonlyMap<DeviceName, Eui64>
  readonly installCode: (name: DeviceName) => Uint8Array
  readonly smki: TestSmki
  readonly now: UtcSeconds
  /** How far the hub's time may be off that when clocks are set; ten minutes where it is left out. */
  readonly clockToleranceS?: number
}

/** One command of commissioning. */
export interface Step {
  readonly party: RemoteParty
  readonly to: DeviceName
  readonly request: Request<unknown>
  readonly useCase: string
  /** What it is for, in words. */
  readonly what: string
  /** The device that it is told of, if it is told of one. */
  readonly about?: DeviceName
  /** Whether the device did it, besides answering. */
  succeeded(response: Response): boolean
}

/** As a label says it: key type 1 of class 104. */
const INSTALL_CODE = 1
/** How long a device may take to join once it may. Our decision. */
const JOIN_TIMEOUT_S = 3600
const CLOCK_TOLERANCE_S = 600
/** UTC, by radio: the clock base of ECS70. facts 5.11. */
const CLOCK_BASE = 5

const ok = (response: Response): boolean => response.ok
const joined = ({ value }: Response): boolean => value === joinResult.success

/** The parties that it takes: those of a far end, or others of the same roles. */
export type Commissioners = Pick<FarEnd, 'accessControlBroker' | 'supplier' | 'networkOperator'>

/**
 * The commands that make devices a home, in order: each becomes known to the hub, gets the time, joins those that it
 * works with, and gets the credentials of the parties that nobody knew at the factory. The commands of a phase may
 * all be on their way at the same time, in their order: a gas meter takes them when it wakes.
 */
export function commissioningPlan(farEnd: Commissioners, site: Site): Step[][] {
  const present = (...names: readonly DeviceName[]): boolean => names.every((name) => site.ids.has(name))
  const { accessControlBroker: broker, supplier } = farEnd
  const id = (name: DeviceName): Eui64 => site.ids.get(name) as Eui64
  const step = (party: RemoteParty, to: DeviceName, request: Request<any>, what: string, succeeded = ok): Step => ({
    party,
    to,
    request,
    useCase: (typeof request === 'function' ? request(0n) : request).useCase.name,
    what,
    succeeded,
  })

  const admit = (Object.entries(logNumbers) as [DeviceName, number][])
    .filter(([name]) => present(name))
    .map(([name, type]) =>
      step(
        broker,
        'chf',
        admission(id('chf'), id(name), type, site.installCode(name)),
        `let the ${deviceTitles[name]} join`,
      ),
    )
  const clocks = [
    ...(present('esme') ? [step(supplier, 'esme', electricityClock(id('esme'), site), 'set its clock')] : []),
    ...(present('gsme') ? [step(supplier, 'gsme', gasClock(id('gsme'), site), 'set its clock')] : []),
  ]
  const joins = joinTable
    .filter(({ on, other }) => present(on, other))
    .map(({ by, on, other, method }) => ({
      ...step(
        farEnd[by],
        on,
        join(id(on), id(other), other, method, site.smki),
        `join it to the ${deviceTitles[other]}`,
        joined,
      ),
      about: other,
    }))
  const handovers = [...site.ids].flatMap(([name, to]) =>
    rolesHeldByBroker(name).map((role) =>
      step(
        broker,
        name,
        handover(farEnd, to, role, site.smki),
        `hand the cells of the ${partyTitles[role]} over`,
        handedOver,
      ),
    ),
  )
  return [admit, [...clocks, ...joins, ...handovers]]
}

const admission = (hub: Eui64, device: Eui64, type: number, installCode: Uint8Array): CommandRequest<any> =>
  CCS01.command({
    to: hub,
    deviceLogRegisterDevice: { deviceId: eui64Bytes(device), keyType: INSTALL_CODE, installCode, deviceType: type },
    deviceLogJoinTimeoutS: JOIN_TIMEOUT_S,
    deviceLogEnableDisableJoining: true,
  })

const electricityClock = (to: Eui64, { now, clockToleranceS: off = CLOCK_TOLERANCE_S }: Site): CommandRequest<any> =>
  ECS70.command({
    to,
    clockClockBase: CLOCK_BASE,
    clockPresetAdjustingTime: {
      preset: new Uint8Array(12).fill(0xff),
      validityStart: encodeDateTime(now - off),
      validityEnd: encodeDateTime(now + off),
    },
  })
const gasClock = (to: Eui64, { now, clockToleranceS: off = CLOCK_TOLERANCE_S }: Site): CommandRequest<any> =>
  GCS28.command({
    to,
    value: {
      validityIntervalStart: toGeneralizedTime(now - off),
      validityIntervalEnd: toGeneralizedTime(now + off),
    },
  })

type Method = keyof typeof joinMethod
const joinUseCase: Readonly<Record<Method, typeof CS03B>> = {
  methodAInitiator: CS03A1,
  methodAResponder: CS03A2,
  methodB: CS03B,
  methodC: CS03C,
}
/** Who is told to join whom. facts 8; where samples are silent, our decision. */
const joinTable: readonly {
  by: 'supplier' | 'accessControlBroker'
  on: DeviceName
  other: DeviceName
  method: Method
}[] = [
  { by: 'accessControlBroker', on: 'gpf', other: 'gsme', method: 'methodB' },
  { by: 'supplier', on: 'gsme', other: 'gpf', method: 'methodB' },
  { by: 'supplier', on: 'esme', other: 'ppmid', method: 'methodAInitiator' },
  { by: 'accessControlBroker', on: 'ppmid', other: 'esme', method: 'methodAResponder' },
  { by: 'accessControlBroker', on: 'ppmid', other: 'gpf', method: 'methodAResponder' },
  { by: 'accessControlBroker', on: 'gpf', other: 'ppmid', method: 'methodB' },
  { by: 'supplier', on: 'gsme', other: 'ppmid', method: 'methodC' },
  { by: 'accessControlBroker', on: 'ppmid', other: 'gsme', method: 'methodC' },
  { by: 'supplier', on: 'esme', other: 'ihd', method: 'methodB' },
  { by: 'accessControlBroker', on: 'gpf', other: 'ihd', method: 'methodB' },
  { by: 'supplier', on: 'esme', other: 'hcalcs', method: 'methodAInitiator' },
  { by: 'supplier', on: 'hcalcs', other: 'esme', method: 'methodAResponder' },
]
const typeInLog: Readonly<Record<DeviceName, number>> = { ...deviceType, ihd: deviceType.type2 }

function join(to: Eui64, otherId: Eui64, other: DeviceName, method: Method, smki: TestSmki): CommandRequest<any> {
  return joinUseCase[method].command({
    to,
    value: {
      joinMethodAndRole: joinMethod[method],
      otherDeviceEntityIdentifier: eui64Bytes(otherId),
      otherDeviceType: typeInLog[other],
      ...(method === 'methodC' && { otherDeviceCertificate: smki.device(otherId).certificates.keyAgreement }),
    },
  })
}

/** Certificates of the party that comes, for the cells that the broker holds in its role. facts 7.3, 7.4. */
function handover(farEnd: Commissioners, to: Eui64, role: PartyRole, smki: TestSmki): Request<any> {
  const [useCase, mode] =
    role === 'supplier' ? [CS02b_supplierBySupplier, 2] : [CS02b_networkOperatorByNetworkOperator, 3]
  const { certificates } = role === 'supplier' ? farEnd.supplier.identity : farEnd.networkOperator.identity
  const number = remotePartyRole[role]
  const cell = (keyUsage: 'digitalSignature' | 'keyAgreement', cellUsage = 0) => ({ role: number, keyUsage, cellUsage })
  const topUp = certificates.prePaymentTopUp
  return (originatorCounter) =>
    useCase.command({
      to,
      value: {
        control: {
          credentialsReplacementMode: mode,
          applyTimeBasedCPVChecks: 0,
          authorisingCell: cell('digitalSignature'),
          authorisingSeqNumber: originatorCounter,
          newFloorSeqNumber: 0n,
        },
        replacements: [
          { certificate: certificates.digitalSignature, cell: cell('digitalSignature') },
          { certificate: certificates.keyAgreement, cell: cell('keyAgreement') },
          ...(topUp ? [{ certificate: topUp, cell: cell('keyAgreement', 1) }] : []),
        ],
        certificationPath: [...smki.certificationPath],
      },
    } as never)
}
const handedOver = ({ value }: Response): boolean => {
  const { executionOutcome } = value as { executionOutcome?: { replacements: readonly { statusCode: number }[] } }
  return executionOutcome?.replacements.every(({ statusCode }) => statusCode === replacementStatus.success) ?? false
}
