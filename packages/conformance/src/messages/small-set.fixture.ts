import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eui64, toHex } from '@smets2-sim/bytes'
import { accessResult, encodeAccessResponse } from '@smets2-sim/cosem'
import { buildCertificate, native } from '@smets2-sim/crypto'
import {
  ECS17b,
  encodeMessage,
  encodeProtectedResponse,
  encodeProtectedValues,
  encryptionTransactionId,
  groupedOctetsOf,
  importRegisterCollection,
  longInvokeId,
  type MessageBody,
  messageMac,
  sealSensitive,
  signedOctetsOf,
} from '@smets2-sim/gbcs'

const supplier = eui64('a0b0c0d0e0f00001')
const broker = eui64('a0b0c0d0e0f00002')
const meter = eui64('a0b0c0d0e0f00003')
const supplierKey = new Uint8Array(32).fill(1)
const secrets = { [broker]: new Uint8Array(32).fill(2), [supplier]: new Uint8Array(32).fill(3) } as const
const COUNTER = 1000n

function protect(body: MessageBody, secret: Uint8Array, signed: boolean): Uint8Array {
  const octets = signedOctetsOf(body)
  const signature = signed ? native.sign(supplierKey, octets) : undefined
  const mac = messageMac(native, secret, body, groupedOctetsOf(octets, signature))
  return encodeMessage({ ...body, mac, ...(signature && { signature }) })
}

/** A command of a supplier, signed, and the answer of its meter with an encrypted value; both with a MAC. */
function messages(): Record<string, Uint8Array> {
  const request = ECS17b.command({ to: meter })
  const context = { originatorCounter: COUNTER, originator: supplier, target: meter }
  const otherInformation = { messageCode: ECS17b.code }
  const sealed = sealSensitive(
    native,
    secrets[supplier] as Uint8Array,
    { device: meter, recipient: supplier, counter: COUNTER },
    encodeProtectedValues([
      importRegisterCollection.value.schema.encode(importRegisterCollection.value.schema.initial),
    ]),
  )
  const parameters = { transactionId: encryptionTransactionId(COUNTER), originator: meter, recipient: supplier }
  const content = encodeAccessResponse({
    invokeIdAndPriority: longInvokeId(COUNTER),
    results: [{ kind: 'action', result: accessResult.success, data: encodeProtectedResponse({ parameters, sealed }) }],
  })
  const answer: MessageBody = {
    kind: 'response',
    originatorCounter: COUNTER,
    originator: meter,
    target: supplier,
    otherInformation,
    content,
  }
  return {
    command: protect(
      { kind: 'command', ...context, otherInformation, content: request.payload(context) },
      secrets[broker] as Uint8Array,
      true,
    ),
    response: protect(answer, secrets[supplier] as Uint8Array, false),
  }
}

function certificate(): string {
  const publicKey = native.publicKeyOf(supplierKey)
  const der = buildCertificate(
    native,
    {
      serialNumber: Uint8Array.of(1),
      issuer: { commonName: 'I1', role: 7, publicKey },
      subject: { kind: 'organisation', commonName: 'Supplier', role: 2, entityId: supplier },
      publicKey,
      keyUsage: 'digitalSignature',
      notBefore: '20260101000000Z',
      notAfter: '20360101000000Z',
    },
    (tbs) => native.sign(supplierKey, tbs),
  )
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`
}

/** Content of a file of the set by its path; a test changes one and writes the set. */
export type SetFiles = Record<string, string>

/** A reference set of two messages, whole and right. */
export function smallSet(): SetFiles {
  const row = { useCase: 'ECS17b', scenario: 'one', messageCode: '0x0027', originatorCounter: '00000000000003e8' }
  const { command, response } = messages() as { command: Uint8Array; response: Uint8Array }
  const rows = [
    {
      ...row,
      file: 'a/command.hex',
      kind: 'command',
      originator: supplier,
      target: meter,
      signed: true,
      macBetween: [broker, meter],
    },
    {
      ...row,
      file: 'a/response.hex',
      kind: 'response',
      originator: meter,
      target: supplier,
      signed: false,
      macBetween: [meter, supplier],
    },
  ]
  return {
    'index.json': JSON.stringify(rows),
    'issuer-keys.json': '[]',
    'shared-secrets.json': JSON.stringify(
      Object.entries(secrets).map(([party, z]) => ({ party, keyUsage: 'keyAgreement', device: meter, z: toHex(z) })),
    ),
    [`certificates/${supplier}-ds.pem`]: certificate(),
    'messages/a/command.hex': toHex(command),
    'messages/a/response.hex': toHex(response),
  }
}

/** Writes a set to a new folder under the system's temporary one. */
export function writeSet(files: SetFiles): string {
  const directory = mkdtempSync(join(tmpdir(), 'smets2-set-'))
  mkdirSync(join(directory, 'certificates'))
  mkdirSync(join(directory, 'messages/a'), { recursive: true })
  for (const [path, content] of Object.entries(files)) writeFileSync(join(directory, path), content)
  return directory
}
