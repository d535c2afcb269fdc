import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { type Field, type FieldsValue, group } from './fields.js'
import { foundation } from './foundation.js'
import { isClusterCommand, isFromServer, type ZclFrame } from './frame.js'

/** A command: its identifier and the fields of its payload. */
export interface CommandDefinition<F extends Record<string, Field<any>> = Record<string, Field<any>>> {
  readonly id: number
  readonly fields: F
}
/** An attribute: its identifier and the identifier of its data type. */
export interface AttributeDefinition {
  readonly id: number
  readonly type: number
}

/** A cluster as a table. `toServer` commands are sent by a client, `toClient` ones by the server. */
export interface Cluster {
  readonly id: number
  readonly name: string
  readonly attributes: Readonly<Record<string, AttributeDefinition>>
  readonly toServer: Readonly<Record<string, CommandDefinition>>
  readonly toClient: Readonly<Record<string, CommandDefinition>>
}

/** A command found in the tables, with its decoded fields. */
export interface DecodedCommand {
  /** Undefined when no table knows the command; its payload then stays in the frame. */
  readonly name?: string
  readonly definition?: CommandDefinition
  readonly fields: Readonly<Record<string, unknown>>
}

function named(
  table: Readonly<Record<string, CommandDefinition>>,
  id: number,
): [string, CommandDefinition] | undefined {
  return Object.entries(table).find(([, definition]) => definition.id === id)
}

/** The name and fields of a frame's command. A payload that does not fit its table is a GbcsError. */
export function decodeCommand(cluster: Cluster | undefined, frame: ZclFrame): DecodedCommand {
  const table = isClusterCommand(frame) ? (isFromServer(frame) ? cluster?.toClient : cluster?.toServer) : foundation
  const found = table && named(table, frame.commandId)
  if (!found) return { fields: {} }
  const [name, definition] = found
  return { name, definition, fields: decodeFields(definition, frame.payload) }
}

export function decodeFields<F extends Record<string, Field<any>>>(
  definition: CommandDefinition<F>,
  payload: Uint8Array,
): FieldsValue<F> {
  const reader = new Reader(payload)
  const value = group(definition.fields).read(reader)
  reader.end('the ZCL command')
  return value
}

export function encodeFields<F extends Record<string, Field<any>>>(
  definition: CommandDefinition<F>,
  value: FieldsValue<F>,
): Uint8Array {
  const missing = Object.keys(definition.fields).find((key) => !(key in (value as object)))
  if (missing !== undefined && !definition.fields[missing]?.name.startsWith('['))
    throw new GbcsError('misuse', `field ${missing} has no value`)
  const writer = new Writer(64)
  group(definition.fields).write(writer, value)
  return writer.done()
}
