import { type Eui64, eui64, eui64Bytes } from '@smets2-sim/bytes'
import { decodeDateTime, encodeDateTime, type UtcSeconds, utcFields } from '@smets2-sim/cosem'
import { type Device, type Item, item } from '@smets2-sim/firmware'
import { hubDeviceType, hubLog, type HubLogEntry, inHubLog } from './hub-log.js'

/** Quality of a radio link, as far as it was measured. */
interface Measured {
  readonly max: number
  readonly sum: number
  readonly min: number
  readonly count: number
}
/** How the hub fares with a device. */
interface Communications {
  readonly deviceId: Eui64
  readonly isReachable: boolean
  /** dBm. */
  readonly rssi: Measured
  readonly lqi: Measured
  readonly last: UtcSeconds
  readonly hops: number
  readonly failures: number
  readonly successes: number
  readonly applicationVersion: number
  readonly stackVersion: number
}
const store: Item<readonly Communications[]> = item('chf.communicationsStore', [])

/** One transmission to or from a device. */
export interface Transmission {
  readonly succeeded: boolean
  /** dBm, -128 to 127. */
  readonly rssi?: number
  /** 0 to 255. */
  readonly lqi?: number
  /** 1 for a device in direct reach. */
  readonly hops?: number
}

const nothing: Measured = { max: 0, sum: 0, min: 0, count: 0 }
const measured = ({ max, sum, min, count }: Measured, value: number | undefined): Measured =>
  value === undefined
    ? { max, sum, min, count }
    : count === 0
      ? { max: value, sum: value, min: value, count: 1 }
      : { max: Math.max(max, value), sum: sum + value, min: Math.min(min, value), count: count + 1 }
const average = ({ sum, count }: Measured): number => (count === 0 ? 0 : Math.round(sum / count))
const MAX_U8 = 255
const counted = (value: number, more: boolean): number => Math.min(MAX_U8, value + (more ? 1 : 0))
/** Versions of the profile and the stack that this network has. */
const VERSION = 1

const fresh = (deviceId: Eui64): Communications => ({
  deviceId,
  isReachable: false,
  rssi: nothing,
  lqi: nothing,
  last: NEVER,
  hops: 0,
  failures: 0,
  successes: 0,
  applicationVersion: VERSION,
  stackVersion: VERSION,
})
const NEVER: UtcSeconds = -1

/** Counts a transmission. Of a device that is not in the log nothing is kept. */
export function recordTransmission(device: Device, id: Eui64, { succeeded, rssi, lqi, hops = 1 }: Transmission): void {
  if (!inHubLog(device, id)) return
  device.items.update(store, (all) => {
    const before = all.find(({ deviceId }) => deviceId === id) ?? fresh(id)
    const after: Communications = {
      ...before,
      isReachable: succeeded,
      rssi: measured(before.rssi, rssi),
      lqi: measured(before.lqi, lqi),
      failures: counted(before.failures, !succeeded),
      successes: counted(before.successes, succeeded),
      ...(succeeded && { last: device.now, hops }),
    }
    return [...all.filter((one) => one !== before), after]
  })
}
export const forgetCommunications = ({ items }: Device, id: Eui64): void =>
  void items.update(store, (all) => all.filter(({ deviceId }) => deviceId !== id))

/** When the hub last heard of a device. */
export const lastCommunication = ({ items }: Device, id: Eui64): UtcSeconds | undefined => {
  const last = items.read(store).find(({ deviceId }) => deviceId === id)?.last
  return last === undefined || last === NEVER ? undefined : last
}

/** A row of active devices as class 104 shows it. */
interface ActiveDevice {
  readonly deviceId: Uint8Array
  readonly status: string
  readonly maxRssi: number
  readonly averageRssi: number
  readonly minRssi: number
  readonly maxLqi: number
  readonly averageLqi: number
  readonly minLqi: number
  readonly lastCommunication: Uint8Array
  readonly numberOfHops: number
  readonly transmissionFailures: number
  readonly transmissionSuccesses: number
  readonly applicationVersion: number
  readonly stackVersion: number
}
/** Unlike other date-times, that of the last communication has its day of the week: so in the reference messages. */
function withDayOfWeek(time: UtcSeconds): Uint8Array {
  const octets = encodeDateTime(time)
  octets[4] = utcFields(time).dayOfWeek
  return octets
}
const unspecified = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80, 0x00, 0xff)

/** Admitted, joined, reachable. What its bits mean is not public: our decision, so that those of the samples are on. */
const statusOf = ({ hashedLinkKey }: HubLogEntry, { isReachable }: Communications): string =>
  `1${hashedLinkKey.length > 0 ? 1 : 0}00${isReachable ? 1 : 0}000`

/** Every device of the log, with what is known of the link to it. */
export function activeDevices({ items }: Device): ActiveDevice[] {
  return items.read(hubLog).map((entry) => {
    const one = items.read(store).find(({ deviceId }) => deviceId === entry.deviceId) ?? fresh(entry.deviceId)
    return {
      deviceId: eui64Bytes(entry.deviceId),
      status: statusOf(entry, one),
      maxRssi: one.rssi.max,
      averageRssi: average(one.rssi),
      minRssi: one.rssi.min,
      maxLqi: one.lqi.max,
      averageLqi: average(one.lqi),
      minLqi: one.lqi.min,
      lastCommunication: one.last === NEVER ? unspecified : withDayOfWeek(one.last),
      numberOfHops: one.hops,
      transmissionFailures: one.failures,
      transmissionSuccesses: one.successes,
      applicationVersion: one.applicationVersion,
      stackVersion: one.stackVersion,
    }
  })
}

/** Puts the hub into the state that these rows show. For test benches. */
export function primeActiveDevices({ items }: Device, rows: readonly ActiveDevice[]): void {
  const known = (max: number, mean: number, min: number): Measured => ({ max, sum: mean, min, count: 1 })
  items.write(
    hubLog,
    rows.map(({ deviceId, status }) => ({
      deviceId: eui64(deviceId),
      deviceType: hubDeviceType.unknown,
      installCode: new Uint8Array(0),
      hashedLinkKey: new Uint8Array(status[1] === '1' ? 16 : 0),
    })),
  )
  items.write(
    store,
    rows.map((row) => ({
      deviceId: eui64(row.deviceId),
      isReachable: row.status[4] === '1',
      rssi: known(row.maxRssi, row.averageRssi, row.minRssi),
      lqi: known(row.maxLqi, row.averageLqi, row.minLqi),
      last: decodeDateTime(row.lastCommunication).time,
      hops: row.numberOfHops,
      failures: row.transmissionFailures,
      successes: row.transmissionSuccesses,
      applicationVersion: row.applicationVersion,
      stackVersion: row.stackVersion,
    })),
  )
}
