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
import { der, derBitString, derInteger, derOid, derTag, GbcsError, toHex } from '@smets2-sim/bytes'
import type { CryptoProvider } from './provider.js'

/** Importing a key costs more than using it, so each is imported once. Bounded: the oldest half goes when it is full. */
class KeyCache {
  readonly #keys = new Map<string, KeyObject>()
  constructor(readonly limit = 4096) {}
  get(octets: Uint8Array, load: (octets: Uint8Array) => KeyObject): KeyObject {
    const id = toHex(octets)
    const known = this.#keys.get(id)
    if (known) return known
    const key = load(octets)
    if (this.#keys.size >= this.limit)
      for (const old of [...this.#keys.keys()].slice(0, this.limit / 2)) this.#keys.delete(old)
    this.#keys.set(id, key)
    return key
  }
}
const publicKeys = new KeyCache()
const privateKeys = new KeyCache()

const algorithm = der(derTag.sequence, derOid('1.2.840.10045.2.1'), derOid('1.2.840.10045.3.1.7'))

function loadPublic(point: Uint8Array): KeyObject {
  if (point.length !== 65 || point[0] !== 4)
    throw new GbcsError('cryptoFailure', 'a public key is not an uncompressed P-256 point')
  try {
    return createPublicKey({
      key: Buffer.from(der(derTag.sequence, algorithm, derBitString(point))),
      format: 'der',
      type: 'spki',
    })
  } catch {
    throw new GbcsError('cryptoFailure', 'a public key is not a point of P-256')
  }
}

function loadPrivate(scalar: Uint8Array): KeyObject {
  const key = der(derTag.sequence, derInteger(1), der(derTag.octetString, scalar))
  try {
    return createPrivateKey({
      key: Buffer.from(der(derTag.sequence, derInteger(0), algorithm, der(derTag.octetString, key))),
      format: 'der',
      type: 'pkcs8',
    })
  } catch {
    throw new GbcsError('cryptoFailure', 'a private key is not a scalar of P-256')
  }
}

const octets = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)

/** The primitives by node:crypto: the default under Node. */
export const native: CryptoProvider = {
  name: 'native',
  sha1: (data) => octets(createHash('sha1').update(data).digest()),
  sha256: (data) => octets(createHash('sha256').update(data).digest()),
  publicKeyOf(privateKey) {
    const ecdh = createECDH('prime256v1')
    try {
      ecdh.setPrivateKey(privateKey)
    } catch {
      throw new GbcsError('cryptoFailure', 'a private key is not a scalar of P-256')
    }
    return octets(ecdh.getPublicKey())
  },
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
  aes128(key, block) {
    if (key.length !== 16 || block.length !== 16)
      throw new GbcsError('cryptoFailure', 'a key or a block is not of 16 octets')
    const cipher = createCipheriv('aes-128-ecb', key, null)
    cipher.setAutoPadding(false)
    return octets(cipher.update(block))
  },
  seal(key, iv, aad, plaintext) {
    const cipher = createCipheriv('aes-128-gcm', key, iv)
    cipher.setAAD(aad)
    const body = cipher.update(plaintext)
    cipher.final()
    const sealed = new Uint8Array(body.length + 16)
    sealed.set(body)
    sealed.set(cipher.getAuthTag(), body.length)
    return sealed
  },
  open(key, iv, aad, ciphertext, tag) {
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
