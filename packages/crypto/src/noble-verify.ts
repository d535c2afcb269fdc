import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '@smets2-sim/bytes'
import { Cache } from './cache.js'

type Point = InstanceType<typeof p256.Point>
const { Point } = p256
const { Fn } = Point

/** A window of 5 bits: about 0.2 MB and the time of 8 verifications for a table. */
const WINDOW = 5

/** ECDSA by its definition: the x coordinate of u1 G + u2 P is r. Both multiplications use tables. */
function verifyWithTable(point: Point, data: Uint8Array, signature: Uint8Array): boolean {
  const { r, s } = p256.Signature.fromBytes(signature, 'compact')
  const inverse = Fn.inv(s)
  const hash = Fn.create(BigInt(`0x${toHex(sha256(data))}`))
  const sum = Point.BASE.multiplyUnsafe(Fn.mul(hash, inverse)).add(point.multiplyUnsafe(Fn.mul(r, inverse)))
  return !sum.is0() && Fn.create(sum.toAffine().x) === r
}

/**
 * ECDSA verification, high s accepted. A key that was used `after` times gets a table of its multiples, with which a
 * verification takes a quarter of the time; `limit` keys have one.
 */
export function nobleVerifier(after = 16, limit = 32) {
  const keys = new Cache<string, { uses: number; point?: Point }>(limit)
  return (publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean => {
    if (signature.length !== 64 || publicKey.length !== 65) return false
    const key = keys.get(toHex(publicKey), () => ({ uses: 0 }))
    try {
      if (key.uses++ < after) return p256.verify(signature, data, publicKey, { lowS: false })
      key.point ??= Point.fromBytes(publicKey).precompute(WINDOW)
      return verifyWithTable(key.point, data, signature)
    } catch {
      return false
    }
  }
}
