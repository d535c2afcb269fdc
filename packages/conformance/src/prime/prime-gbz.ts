import { decodeGbz, type GbzComponent } from '@smets2-sim/gbcs'
import {
  clusters,
  type Cluster,
  decodeCommand,
  type AttributeResult,
  isClusterCommand,
  zclStatus,
} from '@smets2-sim/zcl'
import { clusterKey, primeZclAttribute, zclFaultKey, type ZclProfile } from '@smets2-sim/firmware'
import type { PrimeContext } from './context.js'

type Fields = Readonly<Record<string, unknown>>
/** A published command, and the fields of the command that asked for it. */
interface Learned {
  readonly key: string
  readonly fields: Fields
  readonly question: Fields
}

/**
 * Rule for a GBZ response: attributes that were read have the values that the response shows; commands that the
 * device published are what it would have published to another of its home, and are learned as that other would; a
 * status other than success was a fault.
 */
export function primeGbz(context: PrimeContext): void {
  const { device, command, response, open, injectFaults } = context
  const asked = decodeGbz(command.message.content)
  let failed = false
  const learned: Learned[] = []
  for (const component of decodeGbz(response.message.content)) {
    const cluster = clusters.get(component.clusterId)
    const payload = component.sealed ? open(component.sealed) : component.frame.payload
    if (!cluster || !payload) continue
    const { name, fields } = decodeCommand(cluster, { ...component.frame, payload })
    const question = asked.find(({ frame }) => frame.sequence === component.frame.sequence)
    if (name === 'readAttributesResponse') primeAttributes(cluster, fields)
    else if (name === 'defaultResponse') {
      const status = fields['status'] as number
      if (status !== zclStatus.success && status !== zclStatus.notFound && !failed) {
        failed = true
        if (injectFaults && question) injectInto(question, status)
      }
    } else if (name && isClusterCommand(component.frame))
      learned.push({ key: `${clusterKey(cluster)}.${name}`, fields, question: questionFields(cluster, question) })
  }
  const { learns } = device.profile.zcl as ZclProfile
  const learn = ({ key, fields, question }: Learned): void => {
    const from = question['fromDateTime']
    learns.get(key)?.({ device, now: device.now, ...(typeof from === 'number' && { fromDateTime: from }) }, fields)
  }
  const { before, after } = decoys(learned)
  for (const one of [...before, ...learned]) learn(one)
  // those after must not push out what is asked for
  const hasRoom = [...device.usedLogs().values()].every((log) => log.length + after.length <= log.capacity)
  if (hasRoom) for (const one of after) learn(one)

  /** The fault of one component: those before it with the same command were executed. */
  function injectInto({ clusterId, frame }: GbzComponent, status: number): void {
    const before = asked.filter(
      (one) =>
        one.clusterId === clusterId &&
        one.frame.commandId === frame.commandId &&
        isClusterCommand(one.frame) &&
        one.frame.sequence < frame.sequence,
    )
    device.faults.inject(zclFaultKey(clusterId, 'command', frame.commandId), status, 1, before.length)
  }

  function primeAttributes(cluster: Cluster, fields: Fields): void {
    for (const { id, status, data } of fields['results'] as readonly AttributeResult[])
      if (data) primeZclAttribute(device, cluster, id, data.value)
      else if (injectFaults) device.faults.inject(zclFaultKey(cluster.id, 'attribute', id), status)
  }
}

function questionFields(cluster: Cluster, question: GbzComponent | undefined): Fields {
  if (!question) return {}
  const { fields } = decodeCommand(cluster, question.frame)
  return { ...fields, ...(question.fromDateTime !== undefined && { fromDateTime: question.fromDateTime }) }
}

/** Names of the fields that bound a read by time, and of those that say when an entry was made. */
const START = ['earliestStartTime', 'startTime', 'fromDateTime']
const END = ['latestEndTime', 'endTime']
const STAMPS = new Set(['snapshotTime', 'time', 'collectionTime'])

const DISTANCES_S = [1, 86_400]

/** Entries of logs outside the range that was asked for, before and after those that were published. */
function decoys(learned: readonly Learned[]): {
  readonly before: readonly Learned[]
  readonly after: readonly Learned[]
} {
  const dated = learned.find(({ fields }) => stamped(fields, 0) !== undefined)
  if (!dated) return { before: [], after: [] }
  const bound = (names: readonly string[]): number | undefined =>
    names.map((name) => dated.question[name]).find((value): value is number => typeof value === 'number')
  const [from, to] = [bound(START), bound(END)]
  const at = (time: number): Learned => ({ ...dated, fields: stamped(dated.fields, time) as Fields })
  return {
    before: from === undefined || from <= 86_400 ? [] : [...DISTANCES_S].reverse().map((d) => at(from - d)),
    after: to === undefined || to > 0xfff00000 ? [] : DISTANCES_S.map((d) => at(to + d)),
  }
}

/** The fields with another time in their stamp; of a list of entries only the first is kept. Undefined where there is none. */
function stamped(value: unknown, time: number): unknown {
  if (Array.isArray(value)) {
    const first = value.length > 0 ? stamped(value[0], time) : undefined
    return first === undefined ? undefined : [first]
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined
  const entries = Object.entries(value)
  const own = entries.find(([key]) => STAMPS.has(key))
  if (own) return { ...value, [own[0]]: time }
  for (const [key, inner] of entries) {
    const replaced = stamped(inner, time)
    if (replaced !== undefined) return { ...value, [key]: replaced }
  }
  return undefined
}
