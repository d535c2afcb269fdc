import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type Device,
  han,
  type HistoryFamily,
  historyItem,
  type Item,
  item,
  push,
  type Push,
  readZclAttribute,
} from '@smets2-sim/firmware'
import { basic, type Cluster, metering, prepayment } from '@smets2-sim/zcl'

/** Attributes that the proxy answers reads from, by cluster. facts 10.2.1, 10.11. */
const reported: readonly (readonly [Cluster, readonly string[]])[] = [
  [basic, ['hwVersion', 'manufacturerName', 'modelIdentifier']],
  [metering, Object.keys(metering.attributes).filter((name) => !isHistory(name))],
  [prepayment, Object.keys(prepayment.attributes).filter((name) => !isHistory(name))],
]

/** The proxy makes the history itself, of what was used today. facts 10.11. */
function isHistory(name: string): boolean {
  return /^(current|previous)(Day|Week|Month)/.test(name)
}

/**
 * Leaves for the proxy what registers and settings are now, by the meter's clock. Of the register every half hour is
 * kept, of all else the latest.
 */
export function reportToProxy(device: Device): void {
  const profile = device.profile.zcl
  if (!profile) return
  const stamp = { kind: 'report', time: device.now, reliable: device.clock.status === 'reliable' } as const
  const valueOf = (cluster: Cluster, name: string) => {
    const { id } = cluster.attributes[name] as { id: number }
    return { id, value: readZclAttribute(profile, { device, now: device.now }, cluster, id).value }
  }
  const reports = reported.map(
    ([cluster, names]): Push => ({
      ...stamp,
      clusterId: cluster.id,
      onlyLatest: true,
      attributes: names.map((name) => valueOf(cluster, name)),
    }),
  )
  const used = (family: HistoryFamily): number => device.items.read(historyItem(family, 'Day', 0))
  push(
    device,
    { ...stamp, clusterId: metering.id, attributes: [valueOf(metering, 'currentSummationDelivered')] },
    ...reports,
    { kind: 'usedToday', time: device.now, litres: used('litres'), wattHours: used('wattHours'), cost: used('cost') },
  )
}

/** Logs of the meter by the identifiers of their copies on the proxy. facts 10.11. */
const logCopies = { 6: 'eventLog.buffer', 7: 'securityLog.buffer' } as const
const newsUntil: Item<UtcSeconds> = item('mirror.newsUntil', 0)

/** Leaves for the proxy what has been logged since the last time; what it knows already it keeps once. */
export function reportNews(device: Device): void {
  const since = device.items.read(newsUntil)
  device.items.write(newsUntil, device.now)
  for (const [logId, name] of Object.entries(logCopies)) reportEvents(device, Number(logId), name, since)
  if (device.log('topUps.buffer').between(since, device.now).length > 0)
    publish(device, 'prepayment.getTopUpLog', latestTopUps)
  if (device.log('debtPayments.buffer').between(since, device.now).length > 0)
    publish(device, 'prepayment.getDebtRepaymentLog', latestPayments)
}

function reportEvents(device: Device, logId: number, name: string, since: UtcSeconds): void {
  const events = device.log(name).between(since, device.now) as {
    time: UtcSeconds
    code: number
    otherInformation?: Uint8Array
  }[]
  if (events.length === 0) return
  const entries = events.map(({ time, code, otherInformation = new Uint8Array(0) }) => ({
    logId,
    eventId: code,
    time,
    data: otherInformation,
  }))
  push(device, {
    kind: 'published',
    time: device.now,
    command: 'events.publishEventLog',
    fields: {
      totalNumberOfEvents: entries.length,
      commandIndex: 0,
      totalCommands: 1,
      logPayload: { control: (entries.length << 4) & 0xf0, entries },
    },
  })
}

const latestTopUps = { latestEndTime: 0xfffffffe, numberOfRecords: 5 } as const
const latestPayments = { latestEndTime: 0xfffffffe, numberOfDebts: 10, debtType: 2 } as const

/** Leaves for the proxy what the meter would answer to a read of its own. */
function publish(device: Device, read: string, fields: Readonly<Record<string, unknown>>): void {
  const answer = device.profile.zcl?.commands.get(read)?.handle({ device, now: device.now }, fields)
  if (!Array.isArray(answer)) return
  for (const row of answer as { command: string; fields: Readonly<Record<string, unknown>> }[])
    push(device, { kind: 'published', time: device.now, command: `prepayment.${row.command}`, fields: row.fields })
}

/** Leaves for the proxy an alert that displays are to show: what the meter's `share` port does. facts 4.5 (column HAN). */
export const shareWithProxy = (device: Device, alert: { readonly code: number; readonly time: UtcSeconds }): void =>
  push(device, {
    kind: 'published',
    time: device.now,
    command: 'events.publishEvent',
    fields: han.sharedEvent(alert).fields,
  })
