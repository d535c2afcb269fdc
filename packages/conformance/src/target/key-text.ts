import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { equalBytes, fromHex, GbcsError, Reader } from '@smets2-sim/bytes'
import {
  type CryptoProvider,
  fromPem,
  parseCertificate,
  parsePrivateKeyInfo,
  readPublicKeyInfo,
} from '@smets2-sim/crypto'
import type { TargetKey } from './keys.js'

const readers: Readonly<Record<'PRIVATE KEY' | 'CERTIFICATE' | 'PUBLIC KEY', (der: Uint8Array) => Partial<TargetKey>>> =
  {
    'PRIVATE KEY': (der) => ({ privateKey: parsePrivateKeyInfo(der) }),
    CERTIFICATE: (der) => ({ certificate: der, publicKey: parseCertificate(der).publicKey }),
    'PUBLIC KEY': (der) => ({ publicKey: readPublicKeyInfo(new Reader(der)) }),
  }

/** What one text says: 64 hexadecimal digits are a scalar, 130 a point, anything else names a PEM file. */
function readText(text: string, folder: string): Partial<TargetKey>[] {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return [{ privateKey: fromHex(text) }]
  if (/^04[0-9a-fA-F]{128}$/.test(text)) return [{ publicKey: fromHex(text) }]
  // a key with a digit too few is not quoted either
  if (/^[0-9a-fA-F]{16,}$/.test(text))
    throw new GbcsError('invalidValue', `found ${text.length} hexadecimal digits, expected 64 or 130`)
  const path = join(folder, text)
  if (!existsSync(path) || !statSync(path).isFile()) throw new GbcsError('invalidValue', `${path} is no file`)
  const pem = readFileSync(path, 'utf8')
  const labels = (Object.keys(readers) as (keyof typeof readers)[]).filter((label) => pem.includes(`BEGIN ${label}-`))
  if (labels.length === 0)
    throw new GbcsError('invalidValue', `${path} has no block ${Object.keys(readers).join(', ')} (PKCS#8, X.509)`)
  return labels.map((label) => readers[label](fromPem(label, pem)))
}

/**
 * A key from the texts that tell of it, paths taken from a folder.
 * @throws GbcsError `invalidValue` when a text is none of its forms, or two tell of different keys
 */
export function readKey(p: CryptoProvider, texts: readonly string[], folder: string): TargetKey {
  let found: Partial<TargetKey> = {}
  for (const part of texts.flatMap((text) => readText(text, folder))) {
    const publicKey = part.privateKey ? p.publicKeyOf(part.privateKey) : part.publicKey
    if (found.publicKey && publicKey && !equalBytes(found.publicKey, publicKey))
      throw new GbcsError('invalidValue', 'its parts are of different keys')
    found = { ...found, ...part, ...(publicKey && { publicKey }) }
  }
  if (!found.publicKey) throw new GbcsError('invalidValue', 'no key')
  return found as TargetKey
}
