import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Eui64, eui64, fromHex, GbcsError, Reader } from '@smets2-sim/bytes'
import { type Certificate, type IssuerKey, parseCertificate, readPublicKeyInfo } from '@smets2-sim/crypto'
import * as row from './row.js'

export type ReferenceKind = 'precommand' | 'command' | 'response' | 'alert'
const kinds: readonly ReferenceKind[] = ['precommand', 'command', 'response', 'alert']

/** A message of a reference set with what the index says about it. */
export interface ReferenceMessage {
  /** Path inside `messages/`. */
  readonly file: string
  readonly kind: ReferenceKind
  /** Name that the set gives the use case; it may carry a variant. */
  readonly useCase: string
  readonly serviceRequest?: string
  /** Messages of one scenario belong together: command, response, and alerts that follow. */
  readonly scenario: string
  readonly messageCode: number
  readonly originator: Eui64
  readonly target: Eui64
  readonly originatorCounter: bigint
  readonly signed: boolean
  /** The two parties whose secret the MAC is made with; null when that secret is not known, undefined without a MAC. */
  readonly macBetween?: readonly [Eui64, Eui64] | null
  readonly bytes: Uint8Array
}

/** Which key of an entity: digital signature, key agreement, or key agreement for top-ups. */
export type KeyName = 'ds' | 'ka' | 'pp-ka'
export type SecretUsage = 'keyAgreement' | 'prepaymentKeyAgreement'

/** A folder of messages that others wrote, with the public keys and shared secrets to check them. */
export interface ReferenceSet {
  readonly directory: string
  readonly messages: readonly ReferenceMessage[]
  certificate(id: Eui64, key: KeyName): Certificate | undefined
  /** All of them. */
  readonly certificates: readonly { readonly key: KeyName; readonly certificate: Certificate }[]
  /** From the certificate, or where there is only a bare key, that. */
  publicKey(id: Eui64, key: KeyName): Uint8Array | undefined
  /** The secret of a remote party and a device, 32 octets, in whichever order they are named. */
  secret(a: Eui64, b: Eui64, usage?: SecretUsage): Uint8Array | undefined
  /** Keys of roots and issuing authorities whose certificates are not in the set. */
  readonly issuers: readonly (IssuerKey & { readonly issuer: string; readonly role: string })[]
}

/**
 * Loads a folder with `index.json`, `messages/`, `certificates/`, `shared-secrets.json` and `issuer-keys.json`.
 * @throws GbcsError `invalidValue` that names the file and what is wrong in it
 */
export function loadReferenceSet(directory: string): ReferenceSet {
  const keys = loadCertificates(directory)
  const secrets = loadSecrets(directory)
  return {
    directory,
    messages: row.rowsOf(directory, 'index.json').map((fields) => loadMessage(directory, fields)),
    certificate: (id, key) => keys.get(`${id}-${key}`)?.certificate,
    certificates: [...keys].flatMap(([name, { certificate }]) =>
      certificate ? [{ key: name.slice(17) as KeyName, certificate }] : [],
    ),
    publicKey: (id, key) => keys.get(`${id}-${key}`)?.publicKey,
    secret: (a, b, usage = 'keyAgreement') => secrets.get(`${usage} ${a} ${b}`) ?? secrets.get(`${usage} ${b} ${a}`),
    issuers: row.rowsOf(directory, 'issuer-keys.json').map((fields) => ({
      issuer: row.text(fields, 'issuer'),
      role: row.text(fields, 'role'),
      subjectKeyIdentifier: row.octets(fields, 'subjectKeyIdentifier'),
      publicKey: row.octets(fields, 'publicKey', 65),
    })),
  }
}

function loadMessage(directory: string, fields: row.Row): ReferenceMessage {
  const file = row.text(fields, 'file')
  const path = join(directory, 'messages', file)
  if (!existsSync(path)) throw fields.wrong(`file ${file} is not in messages/`)
  const kind = kinds.find((name) => name === row.text(fields, 'kind'))
  if (!kind) throw fields.wrong(`kind is none of ${kinds.join(', ')}`)
  const serviceRequest = fields.value['serviceRequest']
  const macBetween = fields.value['macBetween']
  return {
    file,
    kind,
    useCase: row.text(fields, 'useCase'),
    ...(typeof serviceRequest === 'string' && { serviceRequest }),
    scenario: row.text(fields, 'scenario'),
    messageCode: row.code(fields, 'messageCode'),
    originator: row.entity(fields, 'originator'),
    target: row.entity(fields, 'target'),
    originatorCounter: row.counter(fields, 'originatorCounter'),
    signed: fields.value['signed'] === true,
    ...(macBetween !== undefined && { macBetween: row.pair(fields, 'macBetween') }),
    bytes: row.within(fields, () => fromHex(readFileSync(path, 'utf8'))),
  }
}

function loadSecrets(directory: string): ReadonlyMap<string, Uint8Array> {
  return new Map(
    row
      .rowsOf(directory, 'shared-secrets.json')
      .map((fields) => [
        `${row.text(fields, 'keyUsage')} ${row.entity(fields, 'party')} ${row.entity(fields, 'device')}`,
        row.octets(fields, 'z', 32),
      ]),
  )
}

interface NamedKey {
  readonly publicKey: Uint8Array
  readonly certificate?: Certificate
}

/** Keys of the files `<eui64>-<key>.pem`. */
function loadCertificates(directory: string): ReadonlyMap<string, NamedKey> {
  const folder = join(directory, 'certificates')
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new GbcsError('invalidValue', `${directory} has no folder certificates`)
  const found = new Map<string, NamedKey>()
  for (const file of readdirSync(folder)) {
    const [, id, key] = /^([0-9a-f]{16})-(ds|ka|pp-ka)\.pem$/.exec(file) ?? []
    if (id === undefined || key === undefined) continue
    found.set(`${eui64(id)}-${key}`, readPem(readFileSync(join(folder, file), 'utf8'), file))
  }
  return found
}

function readPem(text: string, file: string): NamedKey {
  const [, label, body] = /-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/.exec(text) ?? []
  if (body === undefined) throw new GbcsError('invalidValue', `certificates/${file} is not PEM`)
  const der = Uint8Array.from(Buffer.from(body, 'base64'))
  try {
    if (label === 'PUBLIC KEY') return { publicKey: readPublicKeyInfo(new Reader(der)) }
    const certificate = parseCertificate(der)
    return { certificate, publicKey: certificate.publicKey }
  } catch (error) {
    if (error instanceof GbcsError) throw new GbcsError(error.code, `certificates/${file}: ${error.message}`)
    throw error
  }
}
