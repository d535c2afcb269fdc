import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import { clusters, type CommandDefinition, decodeCommand, encodeFields, type ZclFrame } from '@smets2-sim/zcl'
import { decodeGbz, encodeGbz, type GbzComponent } from '../gbz/payload.js'

/** Commands or answers of a device that speaks ZCL, each with the fields of its command. */
export interface GbzPayload {
  readonly format: 'gbz'
  readonly parts: readonly GbzPart[]
}

/** A component with its ZCL header; its payload is typed, encrypted, or as it is. */
export interface GbzPart extends Omit<GbzComponent, 'frame'> {
  readonly frame: Omit<ZclFrame, 'payload'>
  readonly content:
    | { readonly type: 'command'; readonly command: TypedCommand }
    | { readonly type: 'sealed' }
    /** A command that no table knows, or a payload that does not fit its command. */
    | { readonly type: 'octets'; readonly octets: Uint8Array; readonly problem?: string }
}
export interface TypedCommand {
  readonly name: string
  readonly definition: CommandDefinition
  readonly fields: Readonly<Record<string, unknown>>
}

export const decodeGbzPayload = (content: Uint8Array): GbzPayload => ({
  format: 'gbz',
  parts: decodeGbz(content).map(typeComponent),
})
export const encodeGbzPayload = ({ parts }: GbzPayload): Uint8Array => encodeGbz(parts.map(untypeComponent))

export function typeComponent(component: GbzComponent): GbzPart {
  const {
    frame: { payload, ...frame },
    ...rest
  } = component
  if (component.sealed) return { ...rest, frame, content: { type: 'sealed' } }
  return { ...rest, frame, content: typeCommand(component.clusterId, component.frame) }
}

/** The fields of a frame's command, where they give the same octets back. */
export function typeCommand(clusterId: number, frame: ZclFrame): GbzPart['content'] {
  const octets = { type: 'octets', octets: frame.payload } as const
  try {
    const { name, definition, fields } = decodeCommand(clusters.get(clusterId), frame)
    if (name === undefined || !definition) return octets
    if (!equalBytes(encodeFields(definition, fields as never), frame.payload))
      return { ...octets, problem: `the fields of ${name} do not give its octets back` }
    return { type: 'command', command: { name, definition, fields } }
  } catch (error) {
    if (error instanceof GbcsError) return { ...octets, problem: error.message }
    throw error
  }
}

export function untypeComponent({ content, frame, ...rest }: GbzPart): GbzComponent {
  return { ...rest, frame: { ...frame, payload: payloadOf(content) } }
}
function payloadOf(content: GbzPart['content']): Uint8Array {
  if (content.type === 'octets') return content.octets
  if (content.type === 'sealed') return new Uint8Array(0)
  return encodeFields(content.command.definition, content.command.fields as never)
}
