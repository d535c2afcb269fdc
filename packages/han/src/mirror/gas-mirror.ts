import type { Eui64 } from '@smets2-sim/bytes'
import { clusters, dataTypeId, metering } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import type { Records } from '../stack/zcl.js'
import { command, type Peer, type ReceivedCommand, type Reply } from '../stack/zcl-handler.js'
import { FLAG_ATTRIBUTES, type FlagAttribute, NOTIFICATION_SCHEME_B, withFlag } from './flags.js'

export interface GasMirrorOptions {
  readonly node: Node
  /** Where a meter asks for its mirror, and where the mirror is. facts 10.5. */
  readonly esiEndpoint: number
  readonly mirrorEndpoint: number
  readonly accepts: (meter: Eui64) => boolean
  /** Attributes that the meter has reported. */
  readonly reported: (cluster: number, records: Records) => void
  /** The meter asks for the messages behind these flags. */
  readonly notified: (attribute: FlagAttribute, flags: number) => void
  /** Commands that the meter sends to its mirror: snapshots, logs. */
  readonly received: (cluster: number, command: ReceivedCommand) => void
}

const { toServer } = metering
const NO_MIRROR = 0xffff
const REPORTING_STATUS = metering.attributes.attributeReportingStatus.id
const COMPLETE = 1
/** Clusters that a gas meter reports, besides metering; its time says when. */
const MIRRORED = ['Basic', 'Time', 'Price', 'Prepayment', 'Calendar', 'Device Management', 'Messaging', 'Events']

/** The hub's picture of a sleeping gas meter: takes its reports, and tells it with flags what waits. facts 10.1.3, 10.2, 10.3. */
export class GasMirror {
  /** The meter that has the mirror, and the endpoint it reports from. */
  #meter: Peer | undefined
  #notifies = false
  readonly #flags: number[] = new Array<number>(FLAG_ATTRIBUTES).fill(0)

  constructor(readonly options: GasMirrorOptions) {
    const { node, esiEndpoint, mirrorEndpoint } = options
    node.zcl.serve(esiEndpoint, metering.id, 'client', {
      command: ({ name }, from) => this.#asked(name, from),
    })
    node.zcl.serve(mirrorEndpoint, metering.id, 'client', {
      read: (id) =>
        id < FLAG_ATTRIBUTES ? { type: dataTypeId.bitmap32, value: this.#flags[id] as number } : undefined,
      report: (records, from) => this.#reported(metering.id, records, from),
      command: (received, from) => this.#commanded(received, from),
    })
    for (const { id, name } of clusters.values())
      if (MIRRORED.includes(name))
        node.zcl.serve(mirrorEndpoint, id, 'client', {
          report: (records, from) => this.#reported(id, records, from),
          command: (received, from) => {
            if (from.eui64 === this.#meter?.eui64) options.received(id, received)
            return undefined
          },
        })
  }

  get meter(): Eui64 | undefined {
    return this.#meter?.eui64
  }
  /** The mirror is free again. */
  release(): void {
    this.#meter = undefined
    this.#notifies = false
    this.#flags.fill(0)
  }

  setFlag(attribute: FlagAttribute, bit: number, on: boolean): void {
    this.#flags[attribute] = withFlag(this.#flags[attribute] as number, bit, on)
  }
  flags(attribute: FlagAttribute): number {
    return this.#flags[attribute] as number
  }

  #asked(name: string | undefined, from: Peer): Reply {
    const { accepts, mirrorEndpoint } = this.options
    if (name === 'requestMirror') {
      const granted = accepts(from.eui64) && (this.#meter === undefined || this.#meter.eui64 === from.eui64)
      if (granted) this.#meter = from
      return command(toServer.requestMirrorResponse, { endpointId: granted ? mirrorEndpoint : NO_MIRROR })
    }
    if (name === 'removeMirror') {
      const removed = this.#meter?.eui64 === from.eui64
      if (removed) this.release()
      return command(toServer.mirrorRemoved, { removedEndpointId: removed ? mirrorEndpoint : NO_MIRROR })
    }
    return undefined
  }

  #reported(cluster: number, records: Records, from: Peer): void {
    if (from.eui64 !== this.#meter?.eui64) return
    const values = records.filter(({ id }) => id !== REPORTING_STATUS)
    if (values.length > 0) this.options.reported(cluster, values)
    const complete = records.some(({ id, data }) => id === REPORTING_STATUS && data.value === COMPLETE)
    if (complete && this.#notifies) this.#notify(from)
  }

  #notify(to: Peer): void {
    const out = { to, from: this.options.mirrorEndpoint, cluster: metering.id, as: 'client' } as const
    const fields = { notificationScheme: NOTIFICATION_SCHEME_B, notificationFlags: this.#flags }
    this.options.node.zcl.send(out, command(toServer.mirrorReportAttributeResponse, fields))
  }

  #commanded(received: ReceivedCommand, from: Peer): Reply {
    if (from.eui64 !== this.#meter?.eui64) return undefined
    const { name, fields } = received
    if (name === 'configureMirror') this.#notifies = fields['mirrorNotificationReporting'] !== 0
    else if (name === 'getNotifiedMessage') {
      const attribute = fields['notificationFlagAttributeId'] as FlagAttribute
      const asked = fields['notificationFlags'] as number
      if (attribute >= FLAG_ATTRIBUTES) return undefined
      const set = ((this.#flags[attribute] as number) & asked) >>> 0
      this.#flags[attribute] = ((this.#flags[attribute] as number) & ~asked) >>> 0
      if (set !== 0) this.options.notified(attribute, set)
    } else this.options.received(metering.id, received)
    return undefined
  }
}
