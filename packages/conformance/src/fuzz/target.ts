/**
 * One decoder with octets that it reads. `decode` gives a value; where the format is one to one, `encode` gives the
 * octets back.
 */
export interface FuzzCase {
  readonly octets: Uint8Array
  decode(octets: Uint8Array): unknown
  encode?(value: unknown): Uint8Array
}
export interface FuzzTarget {
  readonly name: string
  readonly cases: readonly FuzzCase[]
}

/** A decoder with its seeds. */
export function target<T>(
  name: string,
  seeds: readonly Uint8Array[],
  decode: (octets: Uint8Array) => T,
  encode?: (value: T) => Uint8Array,
): FuzzTarget {
  const both = { decode, ...(encode && { encode: (value: unknown) => encode(value as T) }) }
  return { name, cases: seeds.map((octets) => ({ octets, ...both })) }
}
