import { GbcsError } from '@smets2-sim/bytes'
import type { AlertName } from '@smets2-sim/gbcs'
import * as o from '@smets2-sim/gbcs'
import { type Device, integrityIssue, type IntegrityIssue, raise } from '@smets2-sim/firmware'
import { valueOf } from '../data/items.js'
import { world, type World } from '../data/metering.js'
import { hardwareOf } from '../hardware.js'
import { type Phase, type PhaseConditions, phaseOf, phasesOf } from '../metering/index.js'
import { meterUp, noteConditions } from './meter-up.js'
import { moveSupply, observePower } from './supply.js'

// What the world does to a meter.

/** Changes the world from now on: until now it was as it was. */
export function changeWorld(device: Device, change: (world: World) => World): void {
  meterUp(device)
  device.items.update(world, change)
  noteConditions(device)
  observePower(device)
}

/** The phases that are meant: the one, or all of the meter. */
function chosen(device: Device, phase: Phase | undefined): readonly Phase[] {
  const all = phasesOf(hardwareOf(device).variant)
  if (phase === undefined) return all
  if (!all.includes(phase)) throw new GbcsError('misuse', `phase ${phase} of a ${hardwareOf(device).variant} meter`)
  return [phase]
}

export function changePhases(
  device: Device,
  phase: Phase | undefined,
  change: (conditions: PhaseConditions, share: number) => PhaseConditions,
): void {
  const phases = chosen(device, phase)
  changeWorld(device, (before) => ({
    ...before,
    phases: before.phases.map((one, i) => (phases.includes((i + 1) as Phase) ? change(one, phases.length) : one)),
  }))
}

/** A load. Negative watts are export; a power factor below 0 is leading. */
export interface Load {
  readonly watts: number
  /** 1 for a load without reactive power; -1 to 1. */
  readonly powerFactor?: number
  /** Of a polyphase meter; all phases share a load that names none. */
  readonly phase?: Phase
  /** Of a twin element meter. */
  readonly element?: 'primary' | 'secondary'
}

export function applyLoad(device: Device, { watts, powerFactor = 1, phase, element = 'primary' }: Load): void {
  if (element === 'secondary') {
    if (hardwareOf(device).variant !== 'twinElement') throw new GbcsError('misuse', 'there is no secondary element')
    return changeWorld(device, (before) => ({ ...before, secondaryW: watts }))
  }
  changePhases(device, phase, ({ voltageMillivolts }, share) => {
    const { activeW, reactiveVar } = phaseOf({ watts: watts / share, powerFactorPercent: 100 * powerFactor })
    return { voltageMillivolts, activeW, reactiveVar }
  })
}

/** Covers of a meter, and what is raised when they are opened and closed. facts 4.5. */
const covers = {
  terminal: ['unauthorisedPhysicalAccessTerminalCoverRemoved', 'terminalCoverClosed'],
  secondTerminal: ['unauthorisedPhysicalAccessSecondTerminalCoverRemoved', 'terminalCoverClosed'],
  meter: ['unauthorisedPhysicalAccessMeterCoverRemoved', 'meterCoverClosed'],
  battery: ['unauthorisedPhysicalAccessOther', 'batteryCoverClosed'],
  magnet: ['unauthorisedPhysicalAccessStrongMagneticField', 'strongMagneticFieldRemoved'],
} as const satisfies Readonly<Record<string, readonly [AlertName, AlertName]>>
/** `magnet` is no cover: a strong magnetic field comes and goes like one. */
export type Cover = keyof typeof covers

/** Somebody was at the meter: where the supplier has ordered it (ECS81), that locks the supply. facts 12.6. */
export function tamper(device: Device, alert: AlertName): void {
  meterUp(device)
  raise(device, alert)
  if (valueOf(device, o.supplyTamperState.value)) moveSupply(device, 'tamper')
}
export const openCover = (device: Device, cover: Cover): void => tamper(device, covers[cover][0])
export const closeCover = (device: Device, cover: Cover): void => raise(device, covers[cover][1])

/** What a meter finds wrong with itself: its alert, and the reason of the warning that goes with it. facts 4.2. */
const selfTests = {
  measurementFault: ['errorMeasurementFault', 'measurementFault'],
  metrologyFirmware: ['errorMetrologyFirmwareVerificationFailure', 'metrologyFirmwareVerification'],
  nonVolatileMemory: ['errorNonVolatileMemory', 'nonVolatileMemory'],
  programExecution: ['errorProgramExecution', 'programExecution'],
  programStorage: ['errorProgramStorage', 'programStorage'],
  ram: ['errorRam', 'ram'],
  hardwareReset: ['errorUnexpectedHardwareReset', 'unexpectedHardwareReset'],
  watchdog: ['errorWatchdog', 'watchdog'],
} as const satisfies Readonly<Record<string, readonly [AlertName, IntegrityIssue]>>
export type SelfTest = keyof typeof selfTests

export function failSelfTest(device: Device, test: SelfTest): void {
  const [alert, issue] = selfTests[test]
  raise(device, alert)
  integrityIssue(device, issue)
}

/** What the home area network and a local port do to a meter. */
const occurrences = {
  hubConnected: 'chConnectedToEsme',
  hubDisconnected: 'chDisconnectedFromEsme',
  joinedNetwork: 'deviceJoinedSmhan',
  tunnelRequestRejected: 'requestTunnelCommandRejected',
  tunnelCloseRejected: 'closeTunnelCommandRejected',
  localPortUsed: 'communicationFromLocalPort',
  messageAcknowledged: 'customerAcknowledgedMessageOnHanDevice',
  commissioned: 'deviceCommissioned',
} as const satisfies Readonly<Record<string, AlertName>>
export type Occurrence = keyof typeof occurrences
export const occur = (device: Device, what: Occurrence): void => raise(device, occurrences[what])
