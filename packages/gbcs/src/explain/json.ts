import { toHex } from '@smets2-sim/bytes'

/** What JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Gives some values another form than the usual one; undefined leaves the value to the rule. */
export type Rendering = (value: unknown, key: string | undefined) => Json | undefined
const usual: Rendering = () => undefined

/** A typed value as JSON: octets as hexadecimal digits, integers of 64 bits as decimal text, absent fields left out. */
export function toJson(value: unknown, render: Rendering = usual, key?: string): Json {
  const special = render(value, key)
  if (special !== undefined) return special
  if (value instanceof Uint8Array) return toHex(value)
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map((element) => toJson(element, render, key))
  if (typeof value === 'object' && value !== null) return objectJson(value, render)
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value
  return null
}

export function objectJson(value: object, render: Rendering = usual): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [key, toJson(field, render, key)]),
  )
}

/** `0x0027`: how GBCS writes codes and identifiers. */
export const codeText = (code: number, digits = 4): string =>
  `0x${code.toString(16).toUpperCase().padStart(digits, '0')}`
