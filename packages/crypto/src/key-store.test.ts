import { eui64, GbcsError } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { Cache } from './cache.js'
import { type CryptoProvider, native, type Peer, softwareKeyStore, tableKeyStore } from './index.js'
import { random } from './yardsticks.fixture.js'

const id = eui64('90b3d51f30010000')
const peerKey = native.publicKeyOf(random(3)(32))
const otherKey = native.publicKeyOf(random(4)(32))
const peer: Peer = { id, usage: 'keyAgreement', publicKey: peerKey }

describe('the key store', () => {
  let agreed = 0
  const counting: CryptoProvider = { ...native, ecdh: (...args) => (agreed++, native.ecdh(...args)) }
  const fresh = () => {
    agreed = 0
    return softwareKeyStore(counting, { digitalSignature: random(1)(32), keyAgreement: random(2)(32) })
  }

  it('agrees once per peer and usage until it is told to forget', () => {
    const store = fresh()
    const z = store.agree(peer)
    expect(store.agree({ ...peer, publicKey: peerKey.slice() })).toBe(z)
    expect(agreed).toBe(1)
    store.agree({ ...peer, usage: 'prePaymentTopUp', publicKey: otherKey })
    expect(store.agree(peer)).toBe(z)
    expect(agreed).toBe(2)
    store.forget(id)
    expect(store.agree(peer)).toEqual(z)
    expect(agreed).toBe(3)
  })
  it('agrees anew when a peer comes with another key, whether it was told or not', () => {
    const store = fresh()
    const z = store.agree(peer)
    expect(store.agree({ ...peer, publicKey: otherKey })).toEqual(native.ecdh(random(2)(32), otherKey))
    expect(store.agree(peer)).toEqual(z)
    expect(agreed).toBe(3)
  })
  it('is not misled by a peer key that is changed in place', () => {
    const store = fresh()
    const array = peerKey.slice()
    store.agree({ ...peer, publicKey: array })
    array.set(otherKey)
    expect(store.agree({ ...peer, publicKey: array })).toEqual(native.ecdh(random(2)(32), otherKey))
  })
  it('makes a key that waits, signs with it, and promotes it', () => {
    const store = fresh()
    const z = store.agree(peer)
    const waiting = store.generate('keyAgreement', random(9))
    expect(store.publicKey('keyAgreement')).not.toEqual(waiting)
    expect(store.pendingKey('keyAgreement')).toEqual(waiting)
    expect(native.verify(waiting, random(5)(20), store.signPending('keyAgreement', random(5)(20)))).toBe(true)
    store.promote('keyAgreement')
    expect(store.publicKey('keyAgreement')).toEqual(waiting)
    expect(store.pendingKey('keyAgreement')).toBeUndefined()
    expect(store.agree(peer)).not.toEqual(z)
    expect(() => store.promote('keyAgreement')).toThrowError(/no keyAgreement key/)
  })
})

describe('a key store with a vault', () => {
  const memory = () => {
    let kept: Uint8Array | undefined
    return { load: () => kept, save: (octets: Uint8Array) => void (kept = octets) }
  }
  const factory = { digitalSignature: random(1)(32), keyAgreement: random(2)(32) }

  it('has keys that it made again when it starts anew: those in use and those that wait', () => {
    const vault = memory()
    const store = softwareKeyStore(native, factory, vault)
    const [inUse, waiting] = [store.generate('keyAgreement', random(9)), store.generate('digitalSignature', random(10))]
    store.promote('keyAgreement')
    const again = softwareKeyStore(native, factory, vault)
    expect(again.publicKey('keyAgreement')).toEqual(inUse)
    expect(again.pendingKey('keyAgreement')).toBeUndefined()
    expect(again.pendingKey('digitalSignature')).toEqual(waiting)
    expect(again.publicKey('digitalSignature')).toEqual(native.publicKeyOf(factory.digitalSignature))
    expect(again.agree(peer)).toEqual(store.agree(peer))
    again.promote('digitalSignature')
    expect(softwareKeyStore(native, factory, vault).publicKey('digitalSignature')).toEqual(waiting)
  })
  it('keeps nothing of the keys that it was given', () => {
    const vault = memory()
    softwareKeyStore(native, factory, vault).sign(random(5)(20))
    expect(vault.load()).toBeUndefined()
  })
  it('does not start on a vault that holds something else', () => {
    for (const octets of [[], [2], [1, 4, ...random(1)(32)], [1, 0, ...random(1)(31)]])
      expect(() =>
        softwareKeyStore(native, factory, { load: () => Uint8Array.from(octets), save: () => undefined }),
      ).toThrow(GbcsError)
  })
})

describe('the key store of a table', () => {
  const z = random(7)(32)
  const topUp = random(8)(32)
  const signingKey = random(1)(32)
  const store = (publicKey?: Uint8Array) =>
    tableKeyStore(native, {
      signingKey,
      agreementPublicKey: otherKey,
      secrets: [
        { id, usage: 'keyAgreement', z, ...(publicKey && { publicKey }) },
        { id, usage: 'prePaymentTopUp', z: topUp },
      ],
    })
  const refused = expect.objectContaining({ code: 'unknownKey' })

  it('gives the secrets of the table, and no other', () => {
    expect(store().agree(peer)).toEqual(z)
    expect(store().agree({ ...peer, usage: 'prePaymentTopUp' })).toEqual(topUp)
    expect(() => store().agree({ ...peer, id: eui64('90b3d51f30020000') })).toThrow(refused)
  })
  it('holds a secret to the key of the peer where the table has one', () => {
    expect(store(peerKey).agree(peer)).toEqual(z)
    expect(() => store(peerKey).agree({ ...peer, publicKey: otherKey })).toThrow(refused)
    const both = tableKeyStore(native, {
      secrets: [
        { id, usage: 'keyAgreement', z, publicKey: peerKey },
        { id, usage: 'keyAgreement', z: topUp, publicKey: otherKey },
      ],
    })
    expect(both.agree(peer)).toEqual(z)
    both.forget(id)
    expect(both.agree({ ...peer, publicKey: otherKey })).toEqual(topUp)
  })
  it('signs with its own key, or not at all', () => {
    const data = random(6)(40)
    expect(native.verify(native.publicKeyOf(signingKey), data, store().sign(data))).toBe(true)
    expect(() => tableKeyStore(native, { secrets: [] }).sign(data)).toThrow(refused)
  })
  it('leaves the table when its key agreement key is replaced', () => {
    const replaced = store()
    expect(replaced.publicKey('keyAgreement')).toEqual(otherKey)
    const waiting = replaced.generate('keyAgreement', random(9))
    expect(replaced.agree(peer)).toEqual(z)
    replaced.promote('keyAgreement')
    expect(replaced.publicKey('keyAgreement')).toEqual(waiting)
    expect(replaced.agree(peer)).toEqual(native.ecdh(random(3)(32), waiting))
  })
  it('refuses a secret that is none', () => {
    expect(() => tableKeyStore(native, { secrets: [{ id, usage: 'keyAgreement', z: z.subarray(1) }] })).toThrowError(
      GbcsError,
    )
  })
})

it('a cache makes once, and forgets the oldest entry when it is full', () => {
  let made = 0
  const cache = new Cache<string, number>(2)
  const get = (key: string) => cache.get(key, () => ++made)
  expect([get('a'), get('b'), get('a')]).toEqual([1, 2, 1])
  get('c')
  expect([get('b'), get('c'), get('a')]).toEqual([2, 3, 4])
  cache.delete('c')
  expect(get('c')).toBe(5)
})
