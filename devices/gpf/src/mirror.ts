import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  addToHistory,
  appendSample,
  type Device,
  endDay,
  type HistoryFamily,
  type Item,
  item,
  numberItem,
  type Process,
  primeZclAttribute,
  type Push,
  sampleId,
  type ZclContext,
  ZclError,
} from '@smets2-sim/firmware'
import { clusters, metering } from '@smets2-sim/zcl'
import { settleOwed } from './tap-off-alert.js'

// The copy that a proxy keeps of its gas meter's data, and from which it answers while the meter sleeps. facts 10.11.

/** When the meter stamped the data of the copy; undefined while nothing came from it, and the proxy stamps itself. */
const meterStamp: Item<{ readonly time: UtcSeconds; readonly reliable: boolean } | undefined> = item(
  'mirror.stamp',
  undefined,
)
export const stampOf = ({ items }: Device): { readonly time: UtcSeconds; readonly reliable: boolean } | undefined =>
  items.read(meterStamp)
export const setStamp = ({ items }: Device, time: UtcSeconds, reliable = true): void =>
  items.write(meterStamp, { time, reliable })

/** Clock status of data by another clock, and of a clock that is doubtful. facts 1.3. */
const OTHER_CLOCK = 0x04
const DOUBTFUL = 0x02
export function clockStatus(device: Device): number {
  const stamp = stampOf(device)
  if (!stamp) return device.clock.statusOctet
  return OTHER_CLOCK | (stamp.reliable ? 0 : DOUBTFUL)
}
/** Time of the data: the meter's where it came from there. */
export const dataTime = (device: Device): UtcSeconds => stampOf(device)?.time ?? device.now

/** Attribute by which displays see that the copy is new. */
const readingSnapshotTime: Item<UtcSeconds> = item('metering.readingSnapshotTime', 0)
const register = numberItem(metering, 'currentSummationDelivered')
/** Register, and the time of its report, at the last half hour and at the last day that ended. */
interface Reading {
  readonly time: UtcSeconds
  readonly register: number
}
const atHalfHour: Item<Reading | undefined> = item('mirror.atHalfHour', undefined)
const atDay: Item<Reading | undefined> = item('mirror.atDay', undefined)
const HALF_HOUR_S = 1800
const DAY_S = 86_400
const MODULUS = 2 ** 48

/** Takes what the meter pushed. Attributes and commands that the proxy does not keep are left. */
export function receivePush(device: Device, push: Push): void {
  device.transaction(() => {
    const context: ZclContext = { device, now: device.now }
    switch (push.kind) {
      case 'report':
        setStamp(device, push.time, push.reliable)
        for (const { id, value } of push.attributes) takeAttribute(device, push.clusterId, id, value)
        device.items.write(readingSnapshotTime, push.time)
        if (push.clusterId === metering.id) keepSamples(device, push.time)
        return
      case 'published':
        device.profile.zcl?.learns.get(push.command)?.(context, push.fields)
        return settleOwed(device)
      case 'usedToday':
        return addToday(device, push.time, push)
    }
  })
  device.save()
}

function takeAttribute(
  device: Device,
  clusterId: number,
  id: number,
  value: Parameters<typeof primeZclAttribute>[3],
): void {
  const cluster = clusters.get(clusterId)
  if (!cluster) return
  try {
    primeZclAttribute(device, cluster, id, value)
  } catch (error) {
    if (!(error instanceof ZclError)) throw error
  }
}

const used = (device: Device, before: Reading): number =>
  (device.items.read(register) - before.register + MODULUS) % MODULUS

/** Half-hour profile and daily consumption, from differences of the register. A half hour that was missed has no entry. */
function keepSamples(device: Device, time: UtcSeconds): void {
  const { items } = device
  const now = { time, register: items.read(register) }
  const before = items.read(atHalfHour)
  if (time % HALF_HOUR_S === 0) {
    if (before?.time === time - HALF_HOUR_S) appendSample(device, sampleId.profile, time, used(device, before))
    items.write(atHalfHour, now)
  }
  const day = items.read(atDay)
  if (time % DAY_S !== 0) return
  if (day && day.time < time) appendSample(device, sampleId.daily, time - DAY_S, used(device, day))
  items.write(atDay, now)
}

/** What the meter said was used today, the last time. */
const reported: Item<{ readonly day: number; readonly amounts: Readonly<Record<HistoryFamily, number>> } | undefined> =
  item('mirror.usedToday', undefined)
/** The day to which a report belongs: one at midnight tells of the day that ends. */
const dayOf = (time: UtcSeconds): number => Math.floor((time - 1) / DAY_S)

function addToday(device: Device, time: UtcSeconds, amounts: Readonly<Record<HistoryFamily, number>>): void {
  const before = device.items.read(reported)
  const day = dayOf(time)
  if (before && day < before.day) return
  if (before) for (let ended = before.day; ended < day; ended++) endDay(device, (ended + 1) * DAY_S)
  const known = before?.day === day ? before.amounts : undefined
  const added = (family: HistoryFamily): number => Math.max(0, amounts[family] - (known?.[family] ?? 0))
  addToHistory(device, { litres: added('litres'), wattHours: added('wattHours'), cost: added('cost') })
  const { litres, wattHours, cost } = amounts
  device.items.write(reported, { day, amounts: { litres, wattHours, cost } })
}

/** A day ends whether the meter has said so or not: half an hour is left for its last report. */
export const days: Process = {
  nextDue({ items }) {
    const last = items.read(reported)
    return last && (last.day + 1) * DAY_S + HALF_HOUR_S + 1
  },
  run(device, time) {
    addToday(device, time, { litres: 0, wattHours: 0, cost: 0 })
  },
}
