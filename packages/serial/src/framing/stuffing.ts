import { concat } from '@smets2-sim/bytes'

/** Octets of SLIP (RFC 1055): the end of a packet, the escape, and what follows an escape for each of the two. */
export const END = 0xc0
const ESC = 0xdb
const ESC_END = 0xdc
const ESC_ESC = 0xdd

/** A packet between two ends, with the escapes made. */
export function stuff(packet: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(END)]
  let from = 0
  for (let i = 0; i < packet.length; i++) {
    const octet = packet[i]
    if (octet !== END && octet !== ESC) continue
    parts.push(packet.subarray(from, i), Uint8Array.of(ESC, octet === END ? ESC_END : ESC_ESC))
    from = i + 1
  }
  return concat(...parts, packet.subarray(from), Uint8Array.of(END))
}

/** What lies between two ends. `offset` is the place of its first octet in the stream. */
export type Packet =
  | { readonly kind: 'packet'; readonly offset: number; readonly bytes: Uint8Array }
  /** `head` holds the first octets of it, to tell what it was. */
  | { readonly kind: 'tooLong'; readonly offset: number; readonly head: Uint8Array }
  | { readonly kind: 'cutShort'; readonly offset: number; readonly head: Uint8Array }
  | { readonly kind: 'badEscape'; readonly offset: number; readonly head: Uint8Array; readonly octet: number }

/** Takes the stuffing off. Packets of no octets are no packets; one that is wrong or over the limit is told once, and skipped to its end. */
export class Unstuffer {
  readonly #packet: Uint8Array
  #length = 0
  #start = 0
  #offset = 0
  #escaped = false
  #skipping = false

  constructor(limit: number) {
    this.#packet = new Uint8Array(limit)
  }

  push(chunk: Uint8Array): Packet[] {
    const found: Packet[] = []
    for (const octet of chunk) {
      const at = this.#offset++
      if (octet === END) {
        if (this.#escaped) found.push({ kind: 'badEscape', offset: at, head: this.#head(), octet })
        else if (!this.#skipping && this.#length > 0)
          found.push({ kind: 'packet', offset: this.#start, bytes: this.#packet.slice(0, this.#length) })
        this.#restart()
      } else if (this.#skipping) continue
      else if (this.#escaped) {
        this.#escaped = false
        if (octet === ESC_END || octet === ESC_ESC) this.#put(octet === ESC_END ? END : ESC, found)
        else {
          found.push({ kind: 'badEscape', offset: at, head: this.#head(), octet })
          this.#skipping = true
        }
      } else if (octet === ESC) this.#escaped = true
      else this.#put(octet, found)
    }
    return found
  }

  end(): Packet[] {
    const cut = !this.#skipping && (this.#length > 0 || this.#escaped)
    const found: Packet[] = cut ? [{ kind: 'cutShort', offset: this.#start, head: this.#head() }] : []
    this.#restart()
    return found
  }

  #head(): Uint8Array {
    return this.#packet.slice(0, Math.min(2, this.#length))
  }
  #put(octet: number, found: Packet[]): void {
    if (this.#length < this.#packet.length) this.#packet[this.#length++] = octet
    else {
      found.push({ kind: 'tooLong', offset: this.#start, head: this.#head() })
      this.#skipping = true
    }
  }
  #restart(): void {
    this.#length = 0
    this.#start = this.#offset
    this.#escaped = false
    this.#skipping = false
  }
}
