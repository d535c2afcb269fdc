import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Cluster, clusters, metering, prepayment, time as timeCluster } from '@smets2-sim/zcl'
import { attributeById } from '../zcl/attributes.js'
import { type AttributeValue, clusterKey } from '../zcl/profile.js'
import type { Push } from './push.js'

// How what a gas meter has to tell crosses the air to its mirror: as reports of attributes and as commands. facts 10.3, 10.11.

/** A value of an attribute, with the type that it has on the air. */
export interface MirrorRecord {
  readonly id: number
  readonly data: { readonly type: number; readonly value: AttributeValue }
}
/** One frame for the mirror. */
export type MirrorFrame =
  | { readonly cluster: Cluster; readonly records: readonly MirrorRecord[] }
  | { readonly cluster: Cluster; readonly command: string; readonly fields: Readonly<Record<string, unknown>> }

/** Attributes in one report: so that it fits a frame or two (our decision). */
const ATTRIBUTES_AT_ONCE = 12
/** Bit of the time status: the clock is right. */
const SYNCHRONISED = 0x02

const record = (cluster: Cluster, name: string, value: AttributeValue): MirrorRecord => {
  const { id, type } = cluster.attributes[name] as { id: number; type: number }
  return { id, data: { type, value } }
}
const clusterOf = (command: string): Cluster | undefined =>
  [...clusters.values()].find((cluster) => command.startsWith(`${clusterKey(cluster)}.`))

/**
 * The frames of a push, in order. Before values that the meter has stamped comes its time, and whether its clock is
 * right, as a report of the Time cluster (our decision: the mirror has no other place for it).
 */
export function mirrorFrames(push: Push): readonly MirrorFrame[] {
  switch (push.kind) {
    case 'report': {
      const cluster = clusters.get(push.clusterId)
      return cluster ? [stamp(push.time, push.reliable), ...reports(cluster, push.attributes)] : []
    }
    case 'published': {
      const cluster = clusterOf(push.command)
      const [, command = ''] = push.command.split('.')
      return cluster ? [{ cluster, command, fields: push.fields }] : []
    }
    case 'usedToday':
      return [
        stamp(push.time, undefined),
        {
          cluster: metering,
          records: [
            record(metering, 'currentDayConsumptionDelivered', push.litres),
            record(metering, 'currentDayAlternativeConsumptionDelivered', push.wattHours),
          ],
        },
        { cluster: prepayment, records: [record(prepayment, 'currentDayCostConsumptionDelivered', push.cost)] },
      ]
  }
}

const stamp = (time: UtcSeconds, reliable: boolean | undefined): MirrorFrame => ({
  cluster: timeCluster,
  records: [
    record(timeCluster, 'time', time),
    ...(reliable === undefined ? [] : [record(timeCluster, 'timeStatus', reliable ? SYNCHRONISED : 0)]),
  ],
})

function reports(
  cluster: Cluster,
  attributes: readonly { readonly id: number; readonly value: AttributeValue }[],
): MirrorFrame[] {
  const records = attributes.flatMap(({ id, value }) => {
    const attribute = attributeById(cluster, id)
    return attribute ? [{ id, data: { type: attribute.type, value } }] : []
  })
  const frames: MirrorFrame[] = []
  for (let from = 0; from < records.length; from += ATTRIBUTES_AT_ONCE)
    frames.push({ cluster, records: records.slice(from, from + ATTRIBUTES_AT_ONCE) })
  return frames
}

/** Puts together what a mirror hears of its meter: the pushes again. */
export class MirrorListener {
  readonly #heard: (push: Push) => void
  #time: UtcSeconds = 0
  #reliable = false
  #today: { readonly litres: number; readonly wattHours: number } | undefined

  constructor(heard: (push: Push) => void) {
    this.#heard = heard
  }

  /** Attributes that the meter reports. */
  reported(cluster: Cluster, records: readonly MirrorRecord[]): void {
    const values = new Map(records.map(({ id, data }) => [attributeById(cluster, id)?.name, data.value]))
    const number = (name: string): number | undefined => {
      const value = values.get(name)
      return typeof value === 'number' ? value : undefined
    }
    if (cluster.id === timeCluster.id) {
      this.#time = number('time') ?? this.#time
      const status = number('timeStatus')
      if (status !== undefined) this.#reliable = (status & SYNCHRONISED) !== 0
      return
    }
    const [litres, wattHours] = [
      number('currentDayConsumptionDelivered'),
      number('currentDayAlternativeConsumptionDelivered'),
    ]
    const cost = number('currentDayCostConsumptionDelivered')
    if (litres !== undefined && wattHours !== undefined) this.#today = { litres, wattHours }
    else if (cost !== undefined) this.#usedToday(cost)
    else
      this.#heard({
        kind: 'report',
        time: this.#time,
        reliable: this.#reliable,
        clusterId: cluster.id,
        attributes: records.map(({ id, data }) => ({ id, value: data.value })),
      })
  }
  #usedToday(cost: number): void {
    if (this.#today) this.#heard({ kind: 'usedToday', time: this.#time, ...this.#today, cost })
    this.#today = undefined
  }

  /** A command of the meter to its mirror. */
  commanded(cluster: Cluster, command: string, fields: Readonly<Record<string, unknown>>): void {
    this.#heard({ kind: 'published', time: this.#time, command: `${clusterKey(cluster)}.${command}`, fields })
  }
}
