import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type Eui64, eui64, fromHex, GbcsError } from '@smets2-sim/bytes'
import { type Certificate, type IssuerKey, parseCertificate } from '@smets2-sim/crypto'
import { type DecodedMessage, decodeMessage } from '@smets2-sim/gbcs'

/** One message of the set with its row of the index. */
export interface ReferenceMessage {
  readonly file: string
  readonly kind: 'precommand' | 'command' | 'response' | 'alert'
  readonly useCase: string
  readonly scenario: string
  /** Parties whose secret makes the MAC; null when it is in nobody's hands; undefined for a message without one. */
  readonly macBetween?: readonly [string, string] | null
  readonly bytes: Uint8Array
  readonly message: DecodedMessage
}

export interface SharedSecret {
  readonly party: Eui64
  readonly device: Eui64
  readonly usage: 'keyAgreement' | 'prePaymentTopUp'
  readonly z: Uint8Array
}

/** A certificate and, for a supplier's key agreement key, whether it is the one for top-up tokens. */
export type ReferenceCertificate = Certificate & { readonly isTopUp: boolean }

/** A folder of reference messages with what is public of its parties, and the secrets that they share. */
export interface ReferenceSet {
  readonly dir: string
  readonly messages: readonly ReferenceMessage[]
  readonly certificates: readonly ReferenceCertificate[]
  readonly secrets: readonly SharedSecret[]
  readonly issuers: readonly (IssuerKey & { readonly role: string })[]
}

function readJson(dir: string, name: string): unknown {
  const path = `${dir}/${name}`
  if (!existsSync(path)) throw new GbcsError('invalidValue', `${path} does not exist`)
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new GbcsError('invalidValue', `${path} is not JSON`)
  }
}

type Row = Omit<ReferenceMessage, 'bytes' | 'message'>

/** Reads a folder of the form of the published test data: index.json, messages, certificates, shared secrets. */
export function loadReferenceSet(dir: string): ReferenceSet {
  const rows = readJson(dir, 'index.json')
  if (!Array.isArray(rows)) throw new GbcsError('invalidValue', `${dir}/index.json is no array`)
  const secrets = readJson(dir, 'shared-secrets.json') as readonly Record<string, string>[]
  const issuers = readJson(dir, 'issuer-keys.json') as readonly Record<string, string>[]
  return {
    dir,
    messages: (rows as Row[]).map((row) => loadMessage(dir, row)),
    certificates: loadCertificates(`${dir}/certificates`),
    secrets: secrets.map((s) => ({
      party: eui64(s['party'] ?? ''),
      device: eui64(s['device'] ?? ''),
      usage: s['keyUsage'] === 'prepaymentKeyAgreement' ? 'prePaymentTopUp' : 'keyAgreement',
      z: fromHex(s['z'] ?? ''),
    })),
    issuers: issuers.map((i) => ({
      role: i['role'] ?? '',
      subjectKeyIdentifier: fromHex(i['subjectKeyIdentifier'] ?? ''),
      publicKey: fromHex(i['publicKey'] ?? ''),
    })),
  }
}

function loadMessage(dir: string, row: Row): ReferenceMessage {
  const path = `${dir}/messages/${row.file}`
  try {
    const bytes = fromHex(readFileSync(path, 'utf8'))
    return { ...row, bytes, message: decodeMessage(bytes) }
  } catch (error) {
    throw new GbcsError('invalidValue', `${path}: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
}

/** Certificates of the folder; a file that holds a bare key is passed over. */
function loadCertificates(dir: string): ReferenceCertificate[] {
  return readdirSync(dir).flatMap((name) => {
    const pem = readFileSync(`${dir}/${name}`, 'latin1')
    const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem)?.[1]
    if (!body) return []
    return [{ ...parseCertificate(new Uint8Array(Buffer.from(body, 'base64'))), isTopUp: name.endsWith('-pp-ka.pem') }]
  })
}
