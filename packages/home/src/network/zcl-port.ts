import type { Eui64 } from '@smets2-sim/bytes'
import {
  han,
  type HanCommand,
  type HanOutcome,
  type HanPort,
  type HanReceiver,
  type HanReply,
} from '@smets2-sim/firmware'
import {
  type ClusterAccess,
  type ClusterHandler,
  command as commandOf,
  type Outcome,
  type Peer,
  type Reply,
} from '@smets2-sim/han'
import { type Cluster, type CommandDefinition, zclStatus } from '@smets2-sim/zcl'

// Devices name each other by their identities; on the air they are endpoints of nodes.

/** Who of a home is which endpoint of which node: gas proxy and hub share one. facts 10.5. */
export interface Places {
  placeOf(id: Eui64): Peer
  idOf(place: Peer): Eui64
}
/** What acts on the air for a device. */
export interface OnAir {
  readonly access: ClusterAccess
  readonly endpoint: number
  /** The hub, once the device has joined. */
  readonly hub: Eui64 | undefined
}

const absent = { kind: 'failed', reason: 'unknownNode' } as const
const mapped = <T, U>(outcome: Outcome<T>, value: (found: T) => U): HanOutcome<U> =>
  outcome.kind === 'answered' ? { kind: 'answered', value: value(outcome.value) } : outcome
/** Of a request that only a default response answers. */
const acknowledged = (outcome: Outcome<unknown>): HanOutcome<object> =>
  outcome.kind === 'refused' && outcome.status === zclStatus.success
    ? { kind: 'answered', value: {} }
    : (outcome as HanOutcome<object>)

function rowOf<T>(cluster: Cluster, rows: Readonly<Record<string, T>>, name: string): T {
  const row = rows[name]
  if (!row) throw new TypeError(`${cluster.name} has no ${name}`)
  return row
}
const encoded = (definition: CommandDefinition, { fields }: HanCommand) => commandOf(definition, fields as never)

/** A device's way to the others over the air. `own` is what acts for it, while it is there. */
export function zclPort(
  own: () => OnAir | undefined,
  { placeOf }: Places,
  linkQuality: (target: Eui64) => number | undefined,
): HanPort {
  return {
    get hub() {
      return own()?.hub
    },
    read(target, cluster, names, done) {
      const [self, { eui64, endpoint }] = [own(), placeOf(target)]
      if (!self) return done(absent)
      const ids = names.map((name) => rowOf(cluster, cluster.attributes, name).id)
      const values = (outcome: Outcome<Parameters<typeof han.namedValues>[1]>): void =>
        done(mapped(outcome, (results) => han.namedValues(cluster, results)))
      self.access.readAttributes(eui64, endpoint, cluster.id, ids, values, self.endpoint)
    },
    command(target, command, response, done) {
      const [self, { eui64, endpoint }, { cluster, name }] = [own(), placeOf(target), command]
      if (!self) return done(absent)
      const sent = encoded(rowOf(cluster, cluster.toServer, name), command)
      const answer = response === undefined ? undefined : rowOf(cluster, cluster.toClient, response)
      self.access.request(
        eui64,
        endpoint,
        cluster.id,
        sent,
        answer,
        (outcome) => done(answer ? mapped(outcome, (fields) => fields) : acknowledged(outcome)),
        { as: 'client', from: self.endpoint },
      )
    },
    publish(target, command, done) {
      const [self, { eui64, endpoint }, { cluster, name }] = [own(), placeOf(target), command]
      if (!self) return done?.(absent)
      const sent = encoded(rowOf(cluster, cluster.toClient, name), command)
      const heard = (outcome: Outcome<unknown>): void => done?.(acknowledged(outcome))
      self.access.request(eui64, endpoint, cluster.id, sent, undefined, heard, { as: 'server', from: self.endpoint })
    },
    report(target, cluster, values) {
      const [self, { eui64, endpoint }] = [own(), placeOf(target)]
      const records = Object.entries(values).map(([name, value]) => {
        const { id, type } = rowOf(cluster, cluster.attributes, name)
        return { id, data: { type, value } }
      })
      self?.access.report(eui64, endpoint, cluster.id, records, undefined, self.endpoint)
    },
    linkQuality,
  }
}

const { unsupportedClusterCommand, unsupportedAttribute, readOnly } = zclStatus

/** What an endpoint does as the server of a cluster, by what its device does. */
export const serverHandler = (receiver: HanReceiver, cluster: Cluster, { idOf }: Places): ClusterHandler => ({
  read(id, from) {
    const attribute = han.attributeById(cluster, id)
    const value = attribute && receiver.read?.(idOf(from), cluster, attribute.name)
    return attribute && value !== undefined ? { type: attribute.type, value } : undefined
  },
  write(id, { value }, from) {
    const attribute = han.attributeById(cluster, id)
    if (!attribute) return unsupportedAttribute
    return receiver.write?.(idOf(from), cluster, attribute.name, value) ?? readOnly
  },
  command({ name, fields }, from) {
    if (name === undefined) return unsupportedClusterCommand
    return replyOf(cluster, receiver.command?.(idOf(from), { cluster, name, fields }) ?? unsupportedClusterCommand)
  },
})
const replyOf = (cluster: Cluster, reply: HanReply): Reply =>
  typeof reply === 'number' ? reply : commandOf(rowOf(cluster, cluster.toClient, reply.name), reply.fields as never)

/** What an endpoint does as a client of a cluster. */
export const clientHandler = (receiver: HanReceiver, cluster: Cluster, { idOf }: Places): ClusterHandler => ({
  report: (records, from) => receiver.reported?.(idOf(from), cluster, han.namedValues(cluster, records)),
  command({ name, fields }, from) {
    if (name === undefined) return unsupportedClusterCommand
    return receiver.published?.(idOf(from), { cluster, name, fields }) ?? unsupportedClusterCommand
  },
})
