import { type Eui64, eui64, GbcsError } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'
import { readKey } from './key-text.js'
import type { TargetKey } from './keys.js'

type Json = Readonly<Record<string, unknown>>

/** A value of a JSON file with the way to it, so that an error says where. */
export class Field {
  readonly value: unknown
  readonly at: string
  constructor(value: unknown, at: string) {
    this.value = value
    this.at = at
  }

  wrong(expected: string): GbcsError {
    const found = this.value === undefined ? 'nothing' : JSON.stringify(this.value)
    return new GbcsError('invalidValue', `${this.at}: found ${found.slice(0, 80)}, expected ${expected}`)
  }
  get absent(): boolean {
    return this.value === undefined
  }
  get(key: string): Field {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.wrong('an object')
    return new Field((this.value as Json)[key], `${this.at}.${key}`)
  }
  list(): Field[] {
    if (!Array.isArray(this.value)) throw this.wrong('a list')
    return this.value.map((item, i) => new Field(item, `${this.at}[${i}]`))
  }
  text(): string {
    if (typeof this.value !== 'string' || this.value === '') throw this.wrong('a text')
    return this.value
  }
  id(): Eui64 {
    return this.within(() => eui64(this.text()))
  }
  oneOf<T extends string>(names: readonly T[]): T {
    const found = names.find((name) => name === this.value)
    if (found === undefined) throw this.wrong(`one of ${names.join(', ')}`)
    return found
  }
  counter(): bigint {
    const text = typeof this.value === 'number' ? String(this.value) : this.value
    if (typeof text !== 'string' || !/^\d{1,20}$/.test(text) || BigInt(text) >> 64n !== 0n)
      throw this.wrong('a counter of 64 bits in decimal')
    return BigInt(text)
  }
  key(p: CryptoProvider, folder: string): TargetKey {
    const texts = Array.isArray(this.value) ? (this.value as readonly unknown[]) : [this.value]
    // what was found is not quoted: it may be secret
    if (!texts.every((text) => typeof text === 'string'))
      throw new GbcsError('invalidValue', `${this.at}: expected a text or a list of texts`)
    return this.within(() => readKey(p, texts, folder))
  }
  within<T>(convert: () => T): T {
    try {
      return convert()
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
      throw error.message.startsWith(this.at) ? error : new GbcsError(error.code, `${this.at}: ${error.message}`)
    }
  }
}
