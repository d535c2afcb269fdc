import { Writer } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { metering, type prepayment } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { creditItems } from '../gas/credit.js'
import { type Item, item } from '../state/item-store.js'
import { type Log, RingLog } from '../state/ring-log.js'
import { type FieldsOf, notFound, numberItem } from './fields.js'
import { insertByTime } from './log-order.js'
import type { ClusterServer, ZclAnswer, ZclContext } from './profile.js'
import { visibleFrom } from './tenancy.js'

/** Causes of a snapshot, bits of its cause. facts 10.11. */
export const snapshotCause = {
  general: 1 << 0,
  endOfBillingPeriod: 1 << 1,
  changeOfTariff: 1 << 3,
  changeOfSupplier: 1 << 13,
  changeOfMeterMode: 1 << 14,
} as const

type CreditSnapshot = FieldsOf<(typeof prepayment)['toClient']['publishPrepaySnapshot']>

/** A snapshot as it is kept. */
interface Kept<P> {
  readonly time: UtcSeconds
  readonly cause: number
  readonly id: number
  readonly payloadType: number
  readonly payload: P
  /** How many the device had that published it, where that was another. */
  readonly found?: number
}

/** Logs of snapshots by their causes: daily, at the end of a billing period, at other changes. facts 10.11, 12.4. */
const logs = [
  { name: 'daily', causes: snapshotCause.general, capacity: 31 },
  { name: 'billing', causes: snapshotCause.endOfBillingPeriod, capacity: 12 },
  { name: 'change', causes: ~(snapshotCause.general | snapshotCause.endOfBillingPeriod), capacity: 12 },
] as const
type Family = 'snapshots' | 'prepaySnapshots'
const families: readonly Family[] = ['snapshots', 'prepaySnapshots']
const timeOf = ({ time }: Kept<unknown>): UtcSeconds => time

/** Logs of registers and of credit, for the profile of a device. */
export const snapshotLogs: Readonly<Record<string, () => Log<Kept<any>>>> = Object.fromEntries(
  families.flatMap((family) =>
    logs.map(({ name, capacity }) => [`${family}.${name}`, () => new RingLog<Kept<any>>(capacity, timeOf)]),
  ),
)

const logOf = <P>(device: Device, family: Family, cause: number): Log<Kept<P>> =>
  device.log(`${family}.${logs.find(({ causes }) => (causes & cause) !== 0)?.name ?? 'change'}`)

const lastId = (family: Family): Item<number> => item(`${family}.lastId`, 0)

/** Registers as a block tier information set without billing: type 6. The layout is read from the reference messages. */
const BLOCK_TIER_SET = 6
const TIERS = 4
/** Tiers and thresholds in use of the blocks: one tier, four blocks. */
const TIERS_AND_BLOCKS = 0x14

const registers = {
  total: numberItem(metering, 'currentSummationDelivered'),
  tiers: ([1, 2, 3, 4] as const).map((n) => numberItem(metering, `currentTier${n}SummationDelivered`)),
  blocks: ([1, 2, 3, 4] as const).map((n) => numberItem(metering, `currentNoTierBlock${n}SummationDelivered`)),
}
function registerSet({ items }: Device): Uint8Array {
  const writer = new Writer(56).uintLe(6, items.read(registers.total)).u8(TIERS)
  for (const tier of registers.tiers) writer.uintLe(6, items.read(tier))
  writer.u8(TIERS_AND_BLOCKS)
  for (const block of registers.blocks) writer.uintLe(6, items.read(block))
  return writer.done()
}

const creditSet = ({ items }: Device): CreditSnapshot['snapshotPayload'] => ({
  accumulatedDebt: items.read(creditItems.accumulatedDebt),
  timeDebt1Remaining: items.read(creditItems.timeDebt1),
  timeDebt2Remaining: items.read(creditItems.timeDebt2),
  paymentDebtRemaining: items.read(creditItems.paymentDebt),
  emergencyCreditRemaining: items.read(creditItems.emergencyLeft),
  creditRemaining: items.read(creditItems.balance),
})

const take = <P>(device: Device, family: Family, cause: number, time: UtcSeconds, payload: P, type: number): void =>
  logOf<P>(device, family, cause).append({
    time,
    cause,
    id: device.items.update(lastId(family), (id) => id + 1),
    payloadType: type,
    payload,
  })

/** Keeps what the registers hold, and where `withCredit` the balances and debts too. */
export function takeSnapshots(device: Device, cause: number, withCredit: boolean, time = device.now): void {
  take(device, 'snapshots', cause, time, registerSet(device), BLOCK_TIER_SET)
  if (withCredit) take(device, 'prepaySnapshots', cause, time, creditSet(device), 0)
}

const matching = <P>(context: ZclContext, family: Family, fields: Readonly<Record<string, any>>): Kept<P>[] =>
  logs
    .flatMap(({ name }) =>
      (context.device.log(`${family}.${name}`) as Log<Kept<P>>).between(
        Math.max(fields['earliestStartTime'] as number, visibleFrom(context)),
        fields['latestEndTime'],
      ),
    )
    .filter(({ cause }) => (cause & fields['snapshotCause']) !== 0)
    .sort((a, b) => a.time - b.time)

function get<P>(
  context: ZclContext,
  fields: Readonly<Record<string, any>>,
  family: Family,
  command: string,
): ZclAnswer {
  const found = matching<P>(context, family, fields)
  const kept = found[fields['snapshotOffset'] as number]
  if (!kept) return notFound
  return [{ command, fields: published(kept, payloadOf[family], found.length) }]
}

const published = <P>(kept: Kept<P>, payload: string, found: number): Readonly<Record<string, unknown>> => ({
  snapshotId: kept.id,
  snapshotTime: kept.time,
  totalSnapshotsFound: Math.min(0xff, Math.max(found, kept.found ?? 0)),
  commandIndex: 0,
  totalNumberOfCommands: 1,
  snapshotCause: kept.cause,
  snapshotPayloadType: kept.payloadType,
  [payload]: kept.payload,
})

const learn =
  (family: Family) =>
  ({ device }: ZclContext, fields: Readonly<Record<string, any>>): void =>
    insertByTime(
      logOf(device, family, fields['snapshotCause']),
      timeOf,
      [
        {
          time: fields['snapshotTime'],
          cause: fields['snapshotCause'],
          id: fields['snapshotId'],
          payloadType: fields['snapshotPayloadType'],
          payload: fields[payloadOf[family]] as unknown,
          found: fields['totalSnapshotsFound'],
        } as Kept<unknown>,
      ],
      (one, other) => one.cause === other.cause,
    )

const payloadOf: Readonly<Record<Family, string>> = {
  snapshots: 'snapshotSubPayload',
  prepaySnapshots: 'snapshotPayload',
}
/** Fields of the command that publishes the latest snapshot of a cause, as the only one; undefined when there is none. */
export function latestSnapshot(
  device: Device,
  cause: number,
  family: Family,
): Readonly<Record<string, unknown>> | undefined {
  const kept = [...logOf<unknown>(device, family, cause).entries()].at(-1)
  return kept && published({ ...kept, found: 1 }, payloadOf[family], 1)
}

export const snapshotReads: ClusterServer = {
  commands: {
    'metering.getSnapshot': {
      handle: (context, fields) => get(context, fields, 'snapshots', 'publishSnapshot'),
    },
    'prepayment.getPrepaySnapshot': {
      handle: (context, fields) => get(context, fields, 'prepaySnapshots', 'publishPrepaySnapshot'),
    },
  },
  learns: {
    'metering.publishSnapshot': learn('snapshots'),
    'prepayment.publishPrepaySnapshot': learn('prepaySnapshots'),
  },
}
