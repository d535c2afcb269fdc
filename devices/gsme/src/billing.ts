import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type AlertDetails,
  billingPeriod,
  blockPeriod,
  type Device,
  type FormerParty,
  latestSnapshot,
  push,
  raise,
  readAccount,
  snapshotCause,
  takeSnapshots,
} from '@smets2-sim/firmware'
import { decodeAlertComponents, encodeAlertComponents } from '@smets2-sim/gbcs'
import { decodeFields, encodeFields, metering } from '@smets2-sim/zcl'
import { resetBlocks } from './metering.js'
import { nextBeginning, type PeriodRule } from './periods.js'

const { publishSnapshot } = metering.toClient
/** From the server of the cluster, without a default response. */
const FRAME_CONTROL = 0x19

const billingRule = ({ items }: Device): PeriodRule | undefined => {
  const period = items.read(billingPeriod)
  return (
    period && {
      start: period.billingPeriodStartTime,
      duration: period.billingPeriodDuration,
      durationType: period.billingPeriodDurationType,
    }
  )
}
const blockRule = ({ items }: Device): PeriodRule | undefined => {
  const period = items.read(blockPeriod)
  return (
    period && {
      start: period.blockPeriodStartTime,
      duration: period.blockPeriodDuration,
      durationType: period.blockPeriodDurationType,
    }
  )
}

/** When the next billing or block period begins. */
export function nextPeriod(device: Device, after: UtcSeconds): UtcSeconds {
  const rules = [billingRule(device), blockRule(device)].filter((rule) => rule !== undefined)
  return Math.min(Infinity, ...rules.map((rule) => nextBeginning(rule, after)))
}

/** Whether a period of a rule begins now. */
const begins = (rule: PeriodRule | undefined, time: UtcSeconds): boolean =>
  rule !== undefined && nextBeginning(rule, time - 1) === time

/** Ends the billing period and begins the block period that are due at a time. */
export function beginPeriods(device: Device, time: UtcSeconds): void {
  if (begins(billingRule(device), time)) {
    keepSnapshots(device, snapshotCause.endOfBillingPeriod)
    billingDataLogUpdated(device, snapshotCause.endOfBillingPeriod)
  }
  if (begins(blockRule(device), time)) resetBlocks(device)
}

/** Keeps the registers, and in prepayment mode the balances, for a cause; the proxy is told when the radio is next on. */
export function keepSnapshots(device: Device, cause: number): void {
  const withCredit = readAccount(device).paymentMode === 'prepayment'
  takeSnapshots(device, cause, withCredit)
  for (const [command, family] of [
    ['metering.publishSnapshot', 'snapshots'],
    ['prepayment.publishPrepaySnapshot', 'prepaySnapshots'],
  ] as const) {
    const fields = latestSnapshot(device, cause, family)
    if (fields && (withCredit || family === 'snapshots'))
      push(device, { kind: 'published', time: device.now, command, fields })
  }
}

/**
 * The billing data log has a new entry of a cause: GCS53, 8F0A, with the entry encrypted for the supplier, and for those
 * who were the supplier until now.
 */
export function billingDataLogUpdated(device: Device, cause: number, former: readonly FormerParty[] = []): void {
  const fields = latestSnapshot(device, cause, 'snapshots')
  if (fields) raiseBillingData(device, fields, former)
}

function raiseBillingData(
  device: Device,
  fields: Readonly<Record<string, unknown>>,
  also: readonly FormerParty[] = [],
): void {
  const gbz: AlertDetails['gbz'] = ({ seal }) =>
    encodeAlertComponents([
      {
        clusterId: metering.id,
        last: true,
        frame: {
          frameControl: FRAME_CONTROL,
          sequence: 0,
          commandId: publishSnapshot.id,
          payload: new Uint8Array(0),
        },
        sealed: seal(encodeFields(publishSnapshot, fields as never)),
        additionalFrameCounter: 0,
      },
    ])
  raise(device, 'billingDataLogUpdated', { gbz, also })
}

/** Takes over the entry that an alert published, and raises that alert. For test benches. */
export function primeBillingData(
  device: Device,
  octets: Uint8Array,
  open: (sealed: Uint8Array) => Uint8Array | undefined,
): void {
  const [component] = decodeAlertComponents(octets)
  const plaintext = component?.sealed && open(component.sealed)
  if (!plaintext) return
  const fields = decodeFields(publishSnapshot, plaintext)
  device.profile.zcl?.learns.get('metering.publishSnapshot')?.({ device, now: device.now }, fields)
  const kept = latestSnapshot(device, fields.snapshotCause, 'snapshots')
  if (kept) raiseBillingData(device, kept)
}
