import { type Data, encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import { type Eui64 } from '@smets2-sim/bytes'
import {
  type AlertName,
  type Attribute,
  billingCalendarLog,
  billingCalendarPrepaymentLog,
  encodeProtectedResponse,
  encodeProtectedValues,
  encryptionTransactionId,
} from '@smets2-sim/gbcs'
import { type Device, type FormerParty, raise } from '@smets2-sim/firmware'

// Events of an electricity meter with something to say besides their code. facts 4.2.

/** An outage of 3 minutes or more is a matter of its own. */
const LONG_OUTAGE_S = 180
/** Names by phase, short and long; `all` for a meter of one phase, or all phases of another. */
const outageAlerts: Readonly<Record<OutagePhase, readonly [short: AlertName, long: AlertName]>> = {
  all: ['supplyOutageRestored', 'supplyOutageRestoredOutageOf3MinutesOrMore'],
  1: ['supplyOutageRestoredOnPhase1', 'supplyOutageRestoredOnPhase1OutageOf3MinutesOrMore'],
  2: ['supplyOutageRestoredOnPhase2', 'supplyOutageRestoredOnPhase2OutageOf3MinutesOrMore'],
  3: ['supplyOutageRestoredOnPhase3', 'supplyOutageRestoredOnPhase3OutageOf3MinutesOrMore'],
}
export type OutagePhase = 'all' | 1 | 2 | 3

/** Supply is back: 8F35 to 8F3C, with the times of interruption and restoration. */
export function outageRestored(device: Device, phase: OutagePhase, from: UtcSeconds, to: UtcSeconds): void {
  raise(device, outageAlerts[phase][to - from >= LONG_OUTAGE_S ? 1 : 0], {
    dlms: [from, to].map((time): Data => ({ type: 'octetString', bytes: encodeDateTime(time) })),
    powerValue: from,
  })
}

/**
 * The billing data log has a new entry: ECS68, 8F0A, with the newest entries of its parts, encrypted for each party that
 * gets it: the supplier, and one that was it until now. facts 5.4.
 */
export function billingDataLogUpdated(
  device: Device,
  withPrepayment: boolean,
  also: readonly FormerParty[] = [],
): void {
  const parts: readonly Attribute<any>[] = [
    billingCalendarLog.buffer,
    ...(withPrepayment ? [billingCalendarPrepaymentLog.buffer] : []),
  ]
  raise(device, 'billingDataLogUpdated', {
    also,
    dlms({ recipient, counter, seal }) {
      const values = parts.map((member) => member.schema.encode([...device.log(member.item).entries()].slice(-1)))
      const response = encodeProtectedResponse({
        parameters: { transactionId: encryptionTransactionId(counter), originator: device.id, recipient },
        sealed: seal(encodeProtectedValues(values)),
      })
      return response.type === 'structure' ? response.items : []
    },
  })
}

/** A limit of an auxiliary proportional controller is in force: ECS101, 8F86. */
export function controllerLimitProcessed(
  device: Device,
  limit: {
    /** As `auxiliaryLoad.directionAndNumber` gives it. */
    readonly directionAndNumber: number
    readonly start: UtcSeconds
    readonly end: UtcSeconds
    readonly level: number
  },
): void {
  raise(device, 'limitApcLevelCommandProcessed', {
    dlms: [
      { type: 'unsigned', value: limit.directionAndNumber },
      { type: 'octetString', bytes: encodeDateTime(limit.start) },
      { type: 'octetString', bytes: encodeDateTime(limit.end) },
      { type: 'unsigned', value: limit.level },
    ],
  })
}

/** Such a limit has ended or was cancelled, and this is the level now: ECS102, 8F87. */
export function controllerLimitEnded(
  device: Device,
  { directionAndNumber, level }: { readonly directionAndNumber: number; readonly level: number },
): void {
  raise(device, 'limitApcLevelEndedOrCancelled', {
    dlms: [
      { type: 'unsigned', value: directionAndNumber },
      { type: 'unsigned', value: level },
    ],
  })
}

/** A load controller's device reports its state: ECS200, 8F88. */
export function operationalUpdate(device: Device, loadController: Eui64, state: string): void {
  raise(device, 'operationalUpdate', {
    dlms: [{ type: 'utf8String', bytes: new TextEncoder().encode(state) }],
    supplementary: { supplementaryRemotePartyId: loadController },
  })
}
