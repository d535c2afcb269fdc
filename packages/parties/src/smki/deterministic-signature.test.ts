import { fromHex, toHex, utf8 } from '@smets2-sim/bytes'
import { native, noble } from '@smets2-sim/crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signDeterministically } from './deterministic-signature.js'

it('gives the signature of RFC 6979, A.2.5', () => {
  const key = fromHex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721')
  expect(toHex(signDeterministically(native, key, utf8('sample')))).toBe(
    'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  )
})
it('gives the octets that noble gives, by either provider, and they verify', () => {
  const scalar = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((octets) => octets.with(0, 0x7f))
  fc.assert(
    fc.property(scalar, fc.uint8Array({ maxLength: 200 }), (key, data) => {
      const signature = signDeterministically(native, key, data)
      expect(signature).toEqual(noble.sign(key, data))
      expect(signDeterministically(noble, key, data)).toEqual(signature)
      expect(native.verify(native.publicKeyOf(key), data, signature)).toBe(true)
    }),
    { numRuns: 25 },
  )
})
