import { GbcsError } from './error.js'

/** Appends fields to a growing buffer. Integers are big-endian; the `le` forms are little-endian (ZCL). Calls chain. */
export class Writer {
  #bytes: Uint8Array
  #view: DataView
  #length = 0

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.#bytes.buffer)
  }

  get length(): number {
    return this.#length
  }

  #room(octets: number): number {
    const needed = this.#length + octets
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length))
      grown.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = grown
      this.#view = new DataView(grown.buffer)
    }
    const at = this.#length
    this.#length = needed
    return at
  }

  u8(value: number): this {
    const at = this.#room(1)
    this.#view.setUint8(at, inRange(value, 0, 0xff))
    return this
  }
  i8(value: number): this {
    const at = this.#room(1)
    this.#view.setInt8(at, inRange(value, -0x80, 0x7f))
    return this
  }
  u16(value: number): this {
    const at = this.#room(2)
    this.#view.setUint16(at, inRange(value, 0, 0xffff))
    return this
  }
  i16(value: number): this {
    const at = this.#room(2)
    this.#view.setInt16(at, inRange(value, -0x8000, 0x7fff))
    return this
  }
  u32(value: number): this {
    const at = this.#room(4)
    this.#view.setUint32(at, inRange(value, 0, 0xffffffff))
    return this
  }
  i32(value: number): this {
    const at = this.#room(4)
    this.#view.setInt32(at, inRange(value, -0x80000000, 0x7fffffff))
    return this
  }
  u64(value: bigint): this {
    const at = this.#room(8)
    this.#view.setBigUint64(at, bigInRange(value, 0n, 0xffff_ffff_ffff_ffffn))
    return this
  }
  i64(value: bigint): this {
    const at = this.#room(8)
    this.#view.setBigInt64(at, bigInRange(value, -(2n ** 63n), 2n ** 63n - 1n))
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
    const at = this.#room(8)
    this.#view.setBigUint64(at, bigInRange(value, 0n, 0xffff_ffff_ffff_ffffn), true)
    return this
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
    return this.#bytes.slice(0, this.#length)
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
