import { type Data } from '@smets2-sim/cosem'
import { decodeProtectedValues, encodeProtectedValues } from '../cosem/protected-attributes.js'
import { billingCalendarLog, type Member } from '../objects/index.js'
import { type GbzPart, typeCommand, untypeComponent } from './gbz-parts.js'
import type { Payload } from './payload.js'
import { type TypedData, typeValue, untype } from './typed-data.js'

/** An encrypted part of a response or an alert. facts 1.9. */
export interface SealedPart {
  /** `31 00000000 || ciphertext || tag`. */
  readonly sealed: Uint8Array
  /**
   * Reads the plaintext into typed values and writes it from them again. What it gives back equals the plaintext when
   * every value has a type that carries it; undefined when some value has none.
   */
  retype(plaintext: Uint8Array): Uint8Array | undefined
}

/** The encrypted parts of a payload, in order. */
export function sealedParts(payload: Payload): readonly SealedPart[] {
  switch (payload.format) {
    case 'accessResponse':
      return payload.results.flatMap(({ content, item }) =>
        protectedPart(content, item?.declared.kind === 'protectedGet' ? Object.values(item.declared.members) : []),
      )
    case 'notification':
      return protectedPart(payload.content, sealedLogMembers)
    case 'gbz':
      return payload.parts.flatMap(sealedComponent)
    case 'gbzAlert':
      return payload.content.type === 'components' ? payload.content.parts.flatMap(sealedComponent) : []
    default:
      return []
  }
}

/** What the alert of an updated billing log carries. facts 5.4. */
const sealedLogMembers: readonly Member[] = [billingCalendarLog.buffer]

function protectedPart(content: TypedData, members: readonly Member<any>[]): SealedPart[] {
  if (content.type !== 'protectedResponse') return []
  const retype = (plaintext: Uint8Array): Uint8Array | undefined => {
    const values = decodeProtectedValues(plaintext)
    if (values.length !== members.length) return undefined
    const typed = members.map(({ schema }, i) => typeValue(schema, values[i] as Data))
    return typed.every(({ type }) => type === 'value') ? encodeProtectedValues(typed.map(untype)) : undefined
  }
  return [{ sealed: content.response.sealed, retype }]
}

function sealedComponent(part: GbzPart): SealedPart[] {
  const { sealed, clusterId, frame } = part
  if (!sealed) return []
  const retype = (plaintext: Uint8Array): Uint8Array | undefined => {
    const content = typeCommand(clusterId, { ...frame, payload: plaintext })
    return content.type === 'command' ? untypeComponent({ ...part, content }).frame.payload : undefined
  }
  return [{ sealed, retype }]
}
