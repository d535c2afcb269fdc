import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, eui64, fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import { native, noble } from '@smets2-sim/crypto'
import { aesMmo, hmacMmo } from './aes-mmo.js'
import { ccmOpen, ccmSeal } from './ccm.js'
import { keyTransportKey, openFrame, sealFrame } from './frame-security.js'
import { checkInstallCode, hashedLinkKey, linkKeyOf, withCrc } from './install-code.js'

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

describe.each([native, noble])('hash and install code ($name)', (p) => {
  it('hashes the vectors of the ZigBee specification', () => {
    expect(toHex(aesMmo(p, fromHex('c0')))).toBe('ae3a102a28d43ee0d4a09e22788b206c')
    expect(toHex(aesMmo(p, fromHex('c0c1c2c3c4c5c6c7c8c9cacbcccdcecf')))).toBe('a7977e88bc0b61e8210827109a228f2d')
    expect(toHex(hmacMmo(p, fromHex('404142434445464748494a4b4c4d4e4f'), fromHex('c0')))).toBe(
      '4512807bf94cb3400f0e2c25fb76e999',
    )
  })
  it('makes the link key of the specification from its install code', () => {
    const installCode = checkInstallCode(fromHex('83fed3407a939723a5c639b26916d505c3b5'))
    expect(toHex(linkKeyOf(p, installCode))).toBe('66b6900981e1ee3ca4206b6b861c02bb')
  })
  it('refuses a label with any bit changed, or of another length', () => {
    fc.assert(
      fc.property(octets(16), fc.nat(143), (code, bit) => {
        const label = withCrc(code)
        expect(toHex(checkInstallCode(label))).toBe(toHex(code))
        label[bit >> 3] = (label[bit >> 3] as number) ^ (1 << (bit & 7))
        expect(() => checkInstallCode(label)).toThrowError(/checksum/)
      }),
      { numRuns: 40 },
    )
    expect(() => checkInstallCode(new Uint8Array(16))).toThrowError(GbcsError)
    expect(() => withCrc(new Uint8Array(15))).toThrowError(GbcsError)
  })
  it('pads a message of 2^16 bits with its length in six octets', () => {
    const long = new Uint8Array(8192).fill(7)
    const byHand = concat(long, fromHex('80'), new Uint8Array(9), fromHex('000100000000'))
    let hash = new Uint8Array(16)
    for (let at = 0; at < byHand.length; at += 16) {
      const block = byHand.subarray(at, at + 16)
      hash = p.aes128(hash, block).map((octet, i) => octet ^ (block[i] as number))
    }
    expect(toHex(aesMmo(p, long))).toBe(toHex(hash))
  })
  it('hashes a link key to something else', () => {
    const key = linkKeyOf(p, new Uint8Array(16))
    expect(toHex(hashedLinkKey(p, key))).not.toBe(toHex(key))
  })
})

describe('CCM*', () => {
  it('seals as the cipher of the platform does, and opens nothing that was changed', () => {
    fc.assert(
      fc.property(
        octets(16),
        octets(13),
        fc.uint8Array({ minLength: 0, maxLength: 40 }),
        fc.uint8Array({ maxLength: 90 }),
        fc.nat(),
        (key, nonce, aad, text, at) => {
          const sealed = ccmSeal(native, key, nonce, aad, text)
          const peer = createCipheriv('aes-128-ccm', key, nonce, { authTagLength: 4 })
          peer.setAAD(aad, { plaintextLength: text.length })
          const body = peer.update(text)
          peer.final()
          expect(toHex(sealed)).toBe(toHex(concat(body, peer.getAuthTag())))
          expect(toHex(ccmOpen(native, key, nonce, aad, sealed) ?? fromHex('ff'))).toBe(toHex(text))
          const changed = sealed.slice()
          changed[at % changed.length] = (changed[at % changed.length] as number) ^ 1
          expect(ccmOpen(native, key, nonce, aad, changed)).toBeUndefined()
          expect(ccmOpen(native, key, nonce, concat(aad, fromHex('00')), sealed)).toBeUndefined()
        },
      ),
      { numRuns: 60 },
    )
    expect(ccmOpen(native, new Uint8Array(16), new Uint8Array(13), new Uint8Array(), new Uint8Array(3))).toBeUndefined()
  })
})

describe('secured frames', () => {
  const source = eui64('90b3d51f30010000')
  const key = keyTransportKey(native, linkKeyOf(native, new Uint8Array(16).fill(9)))
  it('open under the same key and header only', () => {
    const frameHeader = fromHex('2105')
    const sealed = sealFrame(
      native,
      key,
      { key: 'keyTransport', frameCounter: 3, source },
      frameHeader,
      fromHex('0501'),
    )
    expect(openFrame(native, key, frameHeader, sealed)).toMatchObject({ header: { frameCounter: 3, source } })
    expect(
      openFrame(
        native,
        key.map((octet) => octet ^ 1),
        frameHeader,
        sealed,
      ),
    ).toBeUndefined()
    expect(openFrame(native, key, fromHex('2106'), sealed)).toBeUndefined()
  })
  it('take the key sequence with the network key only', () => {
    const header = { key: 'network', frameCounter: 1, source } as const
    expect(() => sealFrame(native, key, header, fromHex('00'), fromHex('00'))).toThrowError(/key sequence/)
    const sealed = sealFrame(native, key, { ...header, keySequence: 4 }, fromHex('00'), fromHex('00'))
    expect(openFrame(native, key, fromHex('00'), sealed)?.header.keySequence).toBe(4)
  })
})
