import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { GbcsError } from '@smets2-sim/bytes'
import { Cache } from './cache.js'
import { privateKeyInfo, publicKeyInfo } from './key-encoding.js'
import { type CryptoProvider, gcmKey } from './provider.js'

const octets = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)

/** Importing a key costs more than using it, so each is imported once. */
class KeyCache {
  readonly #keys = new Cache<string, KeyObject>(4096)
  get(octets: Uint8Array, load: (octets: Uint8Array) => KeyObject): KeyObject {
    // by content: an array may be changed by its owner. One character an octet costs a quarter of hexadecimal
    const name = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1')
    return this.#keys.get(name, () => load(octets))
  }
}
const publicKeys = new KeyCache()
const privateKeys = new KeyCache()

function loadPublic(point: Uint8Array): KeyObject {
  if (point.length !== 65 || point[0] !== 4)
    throw new GbcsError('cryptoFailure', 'a public key is not an uncompressed P-256 point')
  try {
    return createPublicKey({
      key: Buffer.from(publicKeyInfo(point)),
      format: 'der',
      type: 'spki',
    })
  } catch {
    throw new GbcsError('cryptoFailure', 'a public key is not a point of P-256')
  }
}

const refused = (): GbcsError => new GbcsError('cryptoFailure', 'a private key is not a scalar of P-256')

function pointOf(scalar: Uint8Array): Uint8Array {
  if (scalar.length !== 32) throw refused()
  const ecdh = createECDH('prime256v1')
  try {
    ecdh.setPrivateKey(scalar)
  } catch {
    throw refused()
  }
  return octets(ecdh.getPublicKey())
}

/** `createPrivateKey` takes scalars that are out of range; `pointOf` does not. */
const loadPrivate = (scalar: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(privateKeyInfo(scalar, pointOf(scalar))), format: 'der', type: 'pkcs8' })

/** The primitives by node:crypto: the default under Node. */
export const native: CryptoProvider = {
  name: 'native',
  sha1: (data) => octets(createHash('sha1').update(data).digest()),
  sha256: (data) => octets(createHash('sha256').update(data).digest()),
  publicKeyOf: pointOf,
  ecdh(privateKey, publicKey) {
    const keys = {
      privateKey: privateKeys.get(privateKey, loadPrivate),
      publicKey: publicKeys.get(publicKey, loadPublic),
    }
    return octets(diffieHellman(keys))
  },
  sign: (privateKey, data) =>
    octets(sign('sha256', data, { key: privateKeys.get(privateKey, loadPrivate), dsaEncoding: 'ieee-p1363' })),
  verify(publicKey, data, signature) {
    if (signature.length !== 64) return false
    try {
      return verify(
        'sha256',
        data,
        { key: publicKeys.get(publicKey, loadPublic), dsaEncoding: 'ieee-p1363' },
        signature,
      )
    } catch {
      return false
    }
  },
  seal(key, iv, aad, plaintext) {
    const cipher = createCipheriv('aes-128-gcm', gcmKey(key, iv), iv)
    cipher.setAAD(aad)
    const sealed = new Uint8Array(plaintext.length + 16)
    if (plaintext.length > 0) sealed.set(cipher.update(plaintext))
    cipher.final()
    sealed.set(cipher.getAuthTag(), plaintext.length)
    return sealed
  },
  open(key, iv, aad, ciphertext, tag) {
    gcmKey(key, iv)
    if (tag.length !== 12 && tag.length !== 16) return undefined
    const decipher = createDecipheriv('aes-128-gcm', key, iv, { authTagLength: tag.length })
    decipher.setAAD(aad)
    decipher.setAuthTag(tag)
    const body = decipher.update(ciphertext)
    try {
      decipher.final()
      return octets(body)
    } catch {
      return undefined
    }
  },
}
