import { GbcsError } from './error.js'

/**
 * Reads fields from octets, first to last. Each read names its field, so that an error says which one was
 * cut short and where. Integers are big-endian; the `le` forms are little-endian (ZCL).
 */
export class Reader {
  readonly bytes: Uint8Array
  /** Offset of `bytes[0]` in the whole message, for error messages of nested readers. */
  readonly base: number
  #at = 0

  constructor(bytes: Uint8Array, base = 0) {
    this.bytes = bytes
    this.base = base
  }

  /** Octets read so far. */
  get position(): number {
    return this.#at
  }
  /** Offset in the whole message. */
  get offset(): number {
    return this.base + this.#at
  }
  get remaining(): number {
    return this.bytes.length - this.#at
  }

  /** A GbcsError at the current place. */
  error(code: GbcsError['code'], message: string): GbcsError {
    return new GbcsError(code, message, this.offset)
  }

  #take(octets: number, field: string): number {
    if (octets > this.remaining)
      throw this.error('truncated', `${field} needs ${octets} octets, found ${this.remaining}`)
    const at = this.#at
    this.#at += octets
    return at
  }

  peek(): number | undefined {
    return this.bytes[this.#at]
  }
  u8(field: string): number {
    return this.bytes[this.#take(1, field)] as number
  }
  i8(field: string): number {
    return (this.u8(field) << 24) >> 24
  }
  u16(field: string): number {
    const at = this.#take(2, field)
    return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number)
  }
  i16(field: string): number {
    return (this.u16(field) << 16) >> 16
  }
  u32(field: string): number {
    return this.i32(field) >>> 0
  }
  i32(field: string): number {
    const at = this.#take(4, field)
    const { bytes } = this
    return (
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)
    )
  }
  u64(field: string): bigint {
    const octets = this.nested(8, field)
    const high = octets.u32(field)
    const low = octets.u32(field)
    // most counters are small, and small ones need no arithmetic of large numbers
    return high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low)
  }
  i64(field: string): bigint {
    return BigInt.asIntN(64, this.u64(field))
  }
  /** Unsigned little-endian integer of 1 to 6 octets. */
  uintLe(octets: number, field: string): number {
    const at = this.#take(octets, field)
    let value = 0
    for (let i = octets - 1; i >= 0; i--) value = value * 256 + (this.bytes[at + i] as number)
    return value
  }
  /** Signed little-endian integer of 1 to 6 octets. */
  intLe(octets: number, field: string): number {
    const value = this.uintLe(octets, field)
    const half = 2 ** (8 * octets - 1)
    return value >= half ? value - 2 * half : value
  }
  u64le(field: string): bigint {
    const octets = this.nested(8, field)
    const low = octets.uintLe(4, field)
    return (BigInt(octets.uintLe(4, field)) << 32n) | BigInt(low)
  }

  /** A view, not a copy, of the next octets. */
  take(octets: number, field: string): Uint8Array {
    const at = this.#take(octets, field)
    return this.bytes.subarray(at, at + octets)
  }
  /** A nested reader over the next octets that keeps offsets of the whole message. */
  nested(octets: number, field: string): Reader {
    const base = this.offset
    return new Reader(this.take(octets, field), base)
  }
  rest(): Uint8Array {
    return this.take(this.remaining, 'rest')
  }

  /** Expects one fixed octet. */
  expect(octet: number, field: string): void {
    const found = this.u8(field)
    if (found !== octet)
      throw new GbcsError('invalidTag', `${field} is ${hex2(found)}, expected ${hex2(octet)}`, this.offset - 1)
  }

  /** DLMS and DER length: one octet below 128, else 81, 82 or 83 and the octets; only the shortest form is legal here. */
  length(field: string): number {
    const start = this.offset
    const first = this.u8(`${field} length`)
    if (first < 0x80) return first
    const octets = first & 0x7f
    if (octets < 1 || octets > 3)
      throw new GbcsError('invalidLength', `${field} length starts with ${hex2(first)}, expected 00 to 83`, start)
    let value = 0
    for (let i = 0; i < octets; i++) value = value * 256 + this.u8(`${field} length`)
    if (value < 0x80 || value < 256 ** (octets - 1))
      throw new GbcsError('invalidLength', `${field} length ${value} is not in its shortest form`, start)
    return value
  }

  /** Everything must have been read. */
  end(what: string): void {
    if (this.remaining > 0) throw this.error('trailing', `${this.remaining} octets follow the end of ${what}`)
  }
}

function hex2(octet: number): string {
  return octet.toString(16).padStart(2, '0').toUpperCase()
}
