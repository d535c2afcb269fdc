import { GbcsError } from '@smets2-sim/bytes'
import {
  type Cluster,
  clusters,
  type CommandDefinition,
  decodeCommand,
  decodeFields,
  encodeFields,
  foundation,
  frameControl,
  isClusterCommand,
  isFromServer,
  type ZclFrame,
  zclStatus,
} from '@smets2-sim/zcl'
import { decodeGbz, encodeGbz, type GbzComponent } from '../gbz/index.js'
import {
  addressOf,
  type Addressee,
  type CommandRequest,
  type OpenSealed,
  type ResponseReading,
  type UseCaseHead,
} from './use-case.js'

/** A ZCL command that a use case may carry. */
export interface GbzItem {
  readonly cluster: Cluster
  /** Name of the command in the cluster's table; `readAttributes` for a read. */
  readonly command: string
  readonly definition: CommandDefinition
  /** Sent as by the server of the cluster: publishing commands. facts 6.4. */
  readonly fromServer: boolean
  /** Whether a command with these fields is the one that is meant. */
  readonly parameters?: (fields: any) => boolean
  /** For a read: identifiers of the attributes that it opens. */
  readonly attributes?: readonly number[]
  /** How a device answers it besides with a default response. */
  readonly response?: {
    readonly encrypted?: true
    readonly disableDefaultResponse?: true
    /** Frame control of a default response, where it is not the usual one. */
    readonly defaultFrameControl?: number
  }
  /** Frame control that an execution alert quotes, where it is not that of the command. */
  readonly alertedFrameControl?: number
}

type Names<T> = keyof T & string
function item(cluster: Cluster, command: string, fromServer: boolean): GbzItem {
  const definition = (fromServer ? cluster.toClient : cluster.toServer)[command]
  if (!definition) throw new GbcsError('misuse', `${cluster.name} has no command ${command}`)
  return { cluster, command, definition, fromServer }
}
/** A command of a client of the cluster. */
export const toServer = <C extends Cluster>(cluster: C, command: Names<C['toServer']>): GbzItem =>
  item(cluster, command, false)
/** A command of the server of the cluster: `publish...`. */
export const toClient = <C extends Cluster>(cluster: C, command: Names<C['toClient']>): GbzItem =>
  item(cluster, command, true)
/** A read of attributes. */
export const read = <C extends Cluster>(cluster: C, ...names: readonly Names<C['attributes']>[]): GbzItem => ({
  cluster,
  command: 'readAttributes',
  definition: foundation.readAttributes,
  fromServer: false,
  attributes: names.map((name) => (cluster.attributes[name] as { id: number }).id),
})

/**
 * The command only with these parameters: where several use cases have the same command, a message code opens its own
 * form of it and no other.
 */
export const only = (row: GbzItem, parameters: (fields: any) => boolean): GbzItem => ({ ...row, parameters })

/** The answer carries personal data and is encrypted. facts 6.3. */
export const encrypted = (row: GbzItem): GbzItem => ({ ...row, response: { ...row.response, encrypted: true } })
/** The answer asks for no default response (frame control bit 10). */
export const disableDefault = (row: GbzItem): GbzItem => ({
  ...row,
  response: { ...row.response, disableDefaultResponse: true },
})

/** A default response to it has this frame control. */
export const defaultAs = (defaultFrameControl: number, row: GbzItem): GbzItem => ({
  ...row,
  response: { ...row.response, defaultFrameControl },
})
/** Its execution alert quotes another frame control than the command had. */
export const alertedAs = (frameControl: number, row: GbzItem): GbzItem => ({
  ...row,
  alertedFrameControl: frameControl,
})

/** One component of a command in typed form. Several may carry the same item. */
export interface GbzCommandPart {
  readonly item: string
  readonly fields: Readonly<Record<string, unknown>>
  /** UTC seconds; for commands without a time of their own. facts 6.6. */
  readonly fromDateTime?: number
}

export interface GbzUseCase<I extends Record<string, GbzItem> = Record<string, GbzItem>> extends UseCaseHead {
  readonly payload: 'gbz'
  readonly items: I
  /** Whether the use case opens this component: the authorisation by command and attribute. */
  opens(component: GbzComponent): boolean
  /** The item that a component carries. */
  itemOf(component: GbzComponent): GbzItem | undefined
  /** The typed command. A read of all attributes of an item needs no fields. */
  command(values: {
    readonly to: Addressee
    readonly parts: readonly (GbzCommandPart & { readonly item: keyof I & string })[]
  }): CommandRequest<GbzResponseValue>
  /** Typed components of a command payload, in order. */
  parse(content: Uint8Array): GbzCommandPart[]
}

/** Components of a response: attributes by name, and the fields of commands. */
export interface GbzResponseValue {
  readonly attributes: Readonly<Record<string, unknown>>
  readonly commands: readonly { readonly name: string; readonly fields: Readonly<Record<string, unknown>> }[]
}

/** Declares a use case whose payload is a GBZ message. */
export function gbzUseCase<I extends Record<string, GbzItem>>(
  declaration: UseCaseHead & { readonly items: I },
): GbzUseCase<I> {
  const rows = Object.entries(declaration.items)
  const itemOf = (component: GbzComponent): [string, GbzItem] | undefined =>
    rows.find(([, candidate]) => fits(candidate, component))
  return {
    ...declaration,
    payload: 'gbz',
    opens: (component) => itemOf(component) !== undefined,
    itemOf: (component) => itemOf(component)?.[1],
    command: ({ to, parts }) => ({
      useCase: declaration,
      target: addressOf(to),
      payload: () =>
        encodeGbz(
          parts.map((part, i) => component(declaration.items[part.item] as GbzItem, part, i, i === parts.length - 1)),
        ),
      read: (content, _context, open) => readResponse(content, open),
    }),
    parse: (content) =>
      decodeGbz(content).map((found) => {
        const row = itemOf(found)
        if (!row)
          throw new GbcsError(
            'invalidValue',
            `cluster ${found.clusterId.toString(16)} command ${found.frame.commandId} is no item of ${declaration.name}`,
          )
        const fields = decodeFields(row[1].definition, found.frame.payload) as Record<string, unknown>
        return { item: row[0], fields, ...(found.fromDateTime !== undefined && { fromDateTime: found.fromDateTime }) }
      }),
  }
}

/** Whether a component carries this item, and for a read nothing but its attributes. */
function fits(candidate: GbzItem, { clusterId, frame, sealed }: GbzComponent): boolean {
  if (sealed || clusterId !== candidate.cluster.id || frame.commandId !== candidate.definition.id) return false
  if (frame.manufacturerCode !== undefined || isFromServer(frame) !== candidate.fromServer) return false
  if (isClusterCommand(frame) !== !candidate.attributes) return false
  try {
    if (!candidate.attributes)
      return !candidate.parameters || candidate.parameters(decodeFields(candidate.definition, frame.payload))
    const { attributes } = decodeFields(foundation.readAttributes, frame.payload)
    return attributes.every((id) => candidate.attributes?.includes(id))
  } catch {
    return false
  }
}

function component(row: GbzItem, part: GbzCommandPart, sequence: number, last: boolean): GbzComponent {
  const fields = row.attributes ? { attributes: row.attributes, ...part.fields } : part.fields
  const frame: ZclFrame = {
    frameControl: frameControl({ cluster: !row.attributes, fromServer: row.fromServer }),
    sequence,
    commandId: row.definition.id,
    payload: encodeFields(row.definition, fields as never),
  }
  return {
    clusterId: row.cluster.id,
    last,
    frame,
    ...(part.fromDateTime !== undefined && { fromDateTime: part.fromDateTime }),
  }
}

function readResponse(content: Uint8Array, open: OpenSealed): ResponseReading<GbzResponseValue> {
  const attributes: Record<string, unknown> = {}
  const commands: { name: string; fields: Readonly<Record<string, unknown>> }[] = []
  const items = decodeGbz(content).map(({ clusterId, frame, sealed }) => {
    const plain = sealed ? open(sealed) : frame.payload
    if (!plain) throw new GbcsError('cryptoFailure', 'an encrypted component is not authentic')
    const cluster = clusters.get(clusterId)
    const { name = 'unknown', fields } = decodeCommand(cluster, { ...frame, payload: plain })
    if (name === 'readAttributesResponse') return readResults(cluster, fields, attributes)
    commands.push({ name, fields })
    return {
      name,
      result: name === 'defaultResponse' ? (fields['status'] as number) : zclStatus.success,
      value: fields,
    }
  })
  return { ok: items.every(({ result }) => result === zclStatus.success), items, value: { attributes, commands } }
}

function readResults(
  cluster: Cluster | undefined,
  fields: Readonly<Record<string, unknown>>,
  into: Record<string, unknown>,
): { name: string; result: number; value: unknown } {
  const results = fields['results'] as readonly { id: number; status: number; data?: { value: unknown } }[]
  for (const { id, data } of results) {
    const name =
      Object.entries(cluster?.attributes ?? {}).find(([, attribute]) => attribute.id === id)?.[0] ?? id.toString(16)
    if (data) into[name] = data.value
  }
  return {
    name: 'readAttributes',
    result: results.find(({ status }) => status !== 0)?.status ?? zclStatus.success,
    value: results,
  }
}
