import { GbcsError } from './error.js'

/**
 * Buffers that writers have given back. A message is made of many small parts, each with a writer of its own: taking
 * their buffers anew each time costs more than filling them.
 */
const spare: Uint8Array[] = []
const SPARE_OCTETS = 1024
const MOST_SPARE = 16

/** Appends fields to a growing buffer. Integers are big-endian; the `le` forms are little-endian (ZCL). Calls chain. */
export class Writer {
  #bytes: Uint8Array
  #length = 0

  /** `capacity` is what is likely to be written, in octets; more is no mistake. */
  constructor(capacity = SPARE_OCTETS) {
    this.#bytes = (capacity <= SPARE_OCTETS && spare.pop()) || new Uint8Array(Math.max(capacity, SPARE_OCTETS))
  }

  get length(): number {
    return this.#length
  }

  #room(octets: number): number {
    const needed = this.#length + octets
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length, 64))
      grown.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = grown
    }
    const at = this.#length
    this.#length = needed
    return at
  }

  u8(value: number): this {
    inRange(value, 0, 0xff)
    const at = this.#room(1)
    this.#bytes[at] = value
    return this
  }
  i8(value: number): this {
    inRange(value, -0x80, 0x7f)
    const at = this.#room(1)
    this.#bytes[at] = value
    return this
  }
  u16(value: number): this {
    return this.#big(2, inRange(value, 0, 0xffff))
  }
  i16(value: number): this {
    return this.#big(2, inRange(value, -0x8000, 0x7fff))
  }
  u32(value: number): this {
    return this.#big(4, inRange(value, 0, 0xffffffff))
  }
  i32(value: number): this {
    return this.#big(4, inRange(value, -0x80000000, 0x7fffffff))
  }
  u64(value: bigint): this {
    bigInRange(value, 0n, 0xffff_ffff_ffff_ffffn)
    return this.u32(Number(value >> 32n)).u32(Number(value & 0xffff_ffffn))
  }
  i64(value: bigint): this {
    return this.u64(BigInt.asUintN(64, bigInRange(value, -(2n ** 63n), 2n ** 63n - 1n)))
  }
  /** The low octets of an integer, most significant first; two's complement where it is negative. */
  #big(octets: number, value: number): this {
    const at = this.#room(octets)
    const bytes = this.#bytes
    for (let i = octets - 1, rest = value; i >= 0; i--, rest >>= 8) bytes[at + i] = rest
    return this
  }
  uintLe(octets: number, value: number): this {
    let rest = inRange(value, 0, 256 ** octets - 1)
    const at = this.#room(octets)
    for (let i = 0; i < octets; i++) {
      this.#bytes[at + i] = rest % 256
      rest = Math.floor(rest / 256)
    }
    return this
  }
  intLe(octets: number, value: number): this {
    const half = 2 ** (8 * octets - 1)
    inRange(value, -half, half - 1)
    return this.uintLe(octets, value < 0 ? value + 2 * half : value)
  }
  u64le(value: bigint): this {
    bigInRange(value, 0n, 0xffff_ffff_ffff_ffffn)
    return this.uintLe(4, Number(value & 0xffff_ffffn)).uintLe(4, Number(value >> 32n))
  }
  bytes(value: Uint8Array): this {
    const at = this.#room(value.length)
    this.#bytes.set(value, at)
    return this
  }
  /** DLMS and DER length in its shortest form. */
  ber(length: number): this {
    inRange(length, 0, 0xffffff)
    if (length < 0x80) return this.u8(length)
    if (length < 0x100) return this.u8(0x81).u8(length)
    if (length < 0x10000) return this.u8(0x82).u16(length)
    return this.u8(0x83)
      .u8(length >> 16)
      .u16(length & 0xffff)
  }
  /** A length and then the octets. */
  prefixed(value: Uint8Array): this {
    return this.ber(value.length).bytes(value)
  }
  /** A copy of what was written. */
  done(): Uint8Array {
    const written = this.#bytes.slice(0, this.#length)
    if (this.#bytes.length === SPARE_OCTETS && spare.length < MOST_SPARE) spare.push(this.#bytes)
    // the buffer is another's from now on; the copy is full, so that whoever goes on writing gets a new one
    this.#bytes = written
    return written
  }
}

function inRange(value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new GbcsError('invalidValue', `${value} is not an integer from ${min} to ${max}`)
  return value
}

function bigInRange(value: bigint, min: bigint, max: bigint): bigint {
  if (value < min || value > max) throw new GbcsError('invalidValue', `${value} is not between ${min} and ${max}`)
  return value
}
