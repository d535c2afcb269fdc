import { concat, fromHex, toHex } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'

/** Order of P-256. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const toNumber = (octets: Uint8Array): bigint => BigInt(`0x${toHex(octets)}`)
const toOctets = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(64, '0'))

/** HMAC with SHA-256 under a key of 32 octets. */
function hmac(p: CryptoProvider, key: Uint8Array, ...data: readonly Uint8Array[]): Uint8Array {
  const pad = (filler: number): Uint8Array => new Uint8Array(64).fill(filler).map((octet, i) => octet ^ (key[i] ?? 0))
  return p.sha256(concat(pad(0x5c), p.sha256(concat(pad(0x36), ...data))))
}

/** The candidates for the nonce of RFC 6979, one after the other. */
function* nonces(p: CryptoProvider, privateKey: Uint8Array, hash: Uint8Array): Generator<bigint, never> {
  let key: Uint8Array = new Uint8Array(32)
  let value: Uint8Array = new Uint8Array(32).fill(1)
  const update = (...data: readonly Uint8Array[]): void => {
    key = hmac(p, key, value, ...data)
    value = hmac(p, key, value)
  }
  update(Uint8Array.of(0), privateKey, hash)
  update(Uint8Array.of(1), privateKey, hash)
  for (;;) {
    value = hmac(p, key, value)
    yield toNumber(value)
    update(Uint8Array.of(0))
  }
}

/** The inverse modulo N, by Euclid. */
function inverse(value: bigint): bigint {
  let [a, b, x, y] = [value, N, 1n, 0n]
  while (a > 1n) {
    const quotient = b / a
    ;[a, b, x, y] = [b - quotient * a, a, y - quotient * x, x]
  }
  return ((x % N) + N) % N
}

/**
 * ECDSA over SHA-256 with the nonce of RFC 6979, r || s: the same octets each time, whichever the provider. The noble
 * provider signs so too, but takes a millisecond, and thirty for the first; here a provider's point multiplication does
 * the work. Takes a time that depends on the key: for keys that are no secret.
 */
export function signDeterministically(p: CryptoProvider, privateKey: Uint8Array, data: Uint8Array): Uint8Array {
  const hash = toNumber(p.sha256(data)) % N
  const candidates = nonces(p, privateKey, toOctets(hash))
  for (;;) {
    const nonce = candidates.next().value
    if (nonce === 0n || nonce >= N) continue
    const r = toNumber(p.publicKeyOf(toOctets(nonce)).subarray(1, 33)) % N
    const s = (inverse(nonce) * ((hash + r * toNumber(privateKey)) % N)) % N
    if (r !== 0n && s !== 0n) return concat(toOctets(r), toOctets(s))
  }
}
