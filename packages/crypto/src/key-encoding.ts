import {
  der,
  derBitString,
  derInteger,
  derOid,
  derTag,
  GbcsError,
  readBitString,
  readDer,
  Reader,
  readOid,
  readSmall,
  contextTag,
} from '@smets2-sim/bytes'
import { oid } from './oid.js'

const { sequence, octetString } = derTag
const algorithm = der(sequence, derOid(oid.ecPublicKey), derOid(oid.p256))

function readAlgorithm(reader: Reader): void {
  const found = readDer(reader, sequence, 'key algorithm')
  if (readOid(found, 'key algorithm') !== oid.ecPublicKey || readOid(found, 'curve') !== oid.p256)
    throw reader.error('unsupported', 'a key is not of P-256')
}

/** SubjectPublicKeyInfo of an uncompressed point. */
export const publicKeyInfo = (point: Uint8Array): Uint8Array => der(sequence, algorithm, derBitString(point))

/** The uncompressed point of a SubjectPublicKeyInfo of P-256. */
export function readPublicKeyInfo(reader: Reader): Uint8Array {
  const info = readDer(reader, sequence, 'public key')
  readAlgorithm(info)
  const { bytes } = readBitString(info, 'public key')
  if (bytes.length !== 65 || bytes[0] !== 4)
    throw info.error('invalidValue', 'a public key is not an uncompressed point')
  return bytes
}

/** PKCS#8 of a private scalar, with its public key where that is known: some readers ask for it. */
export function privateKeyInfo(scalar: Uint8Array, publicKey?: Uint8Array): Uint8Array {
  const point = publicKey ? [der(contextTag(1, true), derBitString(publicKey))] : []
  const key = der(sequence, derInteger(1), der(octetString, scalar), ...point)
  return der(sequence, derInteger(0), algorithm, der(octetString, key))
}

/** The private scalar of a PKCS#8 key of P-256. */
export function parsePrivateKeyInfo(octets: Uint8Array): Uint8Array {
  const outer = new Reader(octets)
  const info = readDer(outer, sequence, 'private key')
  outer.end('the private key')
  readSmall(info, 'version', 0, 0)
  readAlgorithm(info)
  const key = readDer(readDer(info, octetString, 'private key'), sequence, 'private key')
  readSmall(key, 'version', 1, 1)
  const scalar = readDer(key, octetString, 'private scalar').rest()
  if (scalar.length !== 32) throw new GbcsError('invalidLength', `a scalar of ${scalar.length} octets, expected 32`)
  return scalar
}
