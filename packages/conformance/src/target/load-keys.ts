import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { type CryptoProvider, native } from '@smets2-sim/crypto'
import type { DeviceKind } from '@smets2-sim/gbcs'
import { type PartyRole, partyRoles, standardSet, usagesOf } from '@smets2-sim/parties'
import { Field } from './field.js'
import { standardKinds, type TargetKeys, type TargetParty } from './keys.js'

/** Which device of a folder is meant. */
export interface DeviceChoice {
  readonly kind?: DeviceKind | undefined
  readonly device?: Eui64 | undefined
}

/**
 * The keys of a device under test and its parties: from a JSON file as the README describes it, or from a folder that
 * `smets2 smki` wrote.
 * @throws GbcsError `invalidValue` that names the place and what was expected there
 */
export function loadTargetKeys(path: string, choice: DeviceChoice = {}, p: CryptoProvider = native): TargetKeys {
  if (!existsSync(path)) throw new GbcsError('invalidValue', `${path} does not exist`)
  if (!statSync(path).isDirectory()) return keysOf(readJson(path), dirname(path), p)
  const index = join(path, 'index.json')
  if (!existsSync(index)) throw new GbcsError('invalidValue', `${path} has no index.json: smets2 smki writes one`)
  return keysOf(fromIndex(readJson(index), choice), path, p)
}

function readJson(path: string): Field {
  try {
    return new Field(JSON.parse(readFileSync(path, 'utf8')), path)
  } catch {
    throw new GbcsError('invalidValue', `${path} is not JSON`)
  }
}

function keysOf(file: Field, folder: string, p: CryptoProvider): TargetKeys {
  const device = file.get('device')
  const root = file.get('root')
  return {
    device: {
      id: device.get('id').id(),
      kind: device.get('kind').oneOf(standardKinds),
      keys: {
        digitalSignature: device.get('digitalSignature').key(p, folder),
        keyAgreement: device.get('keyAgreement').key(p, folder),
      },
    },
    ...(!root.absent && { root: root.key(p, folder) }),
    parties: file
      .get('parties')
      .list()
      .map((party) => partyFrom(party, folder, p)),
  }
}

function partyFrom(party: Field, folder: string, p: CryptoProvider): TargetParty {
  const role = party.get('role').oneOf<PartyRole>(partyRoles)
  const keys = usagesOf(role).flatMap((usage) => {
    const key = party.get(usage)
    return key.absent ? [] : [[usage, key.key(p, folder)] as const]
  })
  const counter = party.get('counter')
  return {
    role,
    id: party.get('id').id(),
    ...(!counter.absent && { counter: counter.counter() }),
    keys: Object.fromEntries(keys),
  }
}

/** The index of a test SMKI in the form of a keys file. */
function fromIndex(index: Field, choice: DeviceChoice): Field {
  const kind = choice.kind ?? 'esme'
  const id = choice.device ?? (standardSet.devices[standardKinds.indexOf(kind)] as Eui64)
  const device = index
    .get('devices')
    .list()
    .find((row) => row.get('id').id() === id)
  if (!device) throw new GbcsError('invalidValue', `${index.at}: no device ${id}`)
  const root = index
    .get('issuers')
    .list()
    .find((row) => row.get('name').value === 'organisationRoot')
  const certificate = (row: Field, usage: string): string => row.get(usage).get('certificate').text()
  const both = (row: Field, usage: string): string[] => [
    row.get(usage).get('privateKey').text(),
    certificate(row, usage),
  ]
  return new Field(
    {
      device: {
        id,
        kind,
        digitalSignature: certificate(device, 'digitalSignature'),
        keyAgreement: certificate(device, 'keyAgreement'),
      },
      ...(root && { root: root.get('certificate').text() }),
      parties: index
        .get('organisations')
        .list()
        .map((row) => {
          const role = row.get('role').oneOf<PartyRole>(partyRoles)
          return { role, id: row.get('id').text(), ...Object.fromEntries(usagesOf(role).map((u) => [u, both(row, u)])) }
        }),
    },
    index.at,
  )
}
