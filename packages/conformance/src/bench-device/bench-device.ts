import type { Eui64 } from '@smets2-sim/bytes'
import type { CryptoProvider, KeyUsage } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { anchorOf, type CellName, type Device } from '@smets2-sim/firmware'
import { type DeviceKind, roleName } from '@smets2-sim/gbcs'
import type { DecodedSet } from '../reference-set/decoded-set.js'
import { benchKeyStore } from './key-store.js'
import { makeDevice } from './kind.js'

/** A simulated device that plays one of the set, with the parties of the set in its trust anchor cells. */
export interface Bench {
  readonly device: Device
  /** Public key under which its signatures verify. */
  readonly publicKey: Uint8Array
  /** What it sent without being asked. */
  readonly sent: Uint8Array[]
  /** Lets it be a time. */
  setTime(time: UtcSeconds): void
}

/** What a bench may need to know from the scenario that is played on it. */
export interface BenchOptions {
  readonly crypto: CryptoProvider
  readonly time: UtcSeconds
  /** Parties that hold their role here, where several of the set could. */
  readonly parties?: readonly Eui64[]
  /** Public keys that wait for a certificate. */
  readonly pendingKeys?: Partial<Record<KeyUsage, Uint8Array>>
}

/** Any scalar does: nothing depends on it but the signature itself. */
const SIGNING_KEY = Uint8Array.from({ length: 32 }, (_, i) => i + 1)

export function makeBench(set: DecodedSet, kind: DeviceKind, id: Eui64, options: BenchOptions): Bench {
  const { crypto } = options
  const clock = { time: options.time, now: () => clock.time }
  const sent: Uint8Array[] = []
  let drawn = 0
  const device = makeDevice(kind, id, {
    clock,
    crypto,
    keys: benchKeyStore(crypto, id, set, SIGNING_KEY, options.pendingKeys),
    link: { send: (message) => void sent.push(message) },
    entropy: { bytes: (count) => crypto.sha256(Uint8Array.of(++drawn, count)).subarray(0, count) },
  })
  fillCells(set, device, options.parties ?? [])
  return {
    device,
    publicKey: crypto.publicKeyOf(SIGNING_KEY),
    sent,
    setTime: (time) => void (clock.time = time),
  }
}

/** Each cell gets the certificate of its role and usage; the root cell the root of the organisations. */
function fillCells(set: DecodedSet, device: Device, preferred: readonly Eui64[]): void {
  for (const cell of device.anchors.cells) {
    const fitting = set.certificates.filter((one) => fits(one, cell)).map(({ certificate }) => certificate)
    const chosen = fitting.find(({ entityId }) => entityId && preferred.includes(entityId)) ?? fitting[0]
    if (chosen) device.anchors.set(cell, anchorOf(chosen))
  }
  const root = set.issuers.find(({ role }) => role.includes('organisation root'))
  if (root)
    device.anchors.set(
      { role: 'root', usage: 'keyCertSign' },
      { ...root, entityId: '0000000000000000' as Eui64, certificate: new Uint8Array(0) },
    )
}

/** Names of the key files by the usage of a cell. */
const keyOfUsage = {
  digitalSignature: 'ds',
  keyAgreement: 'ka',
  prePaymentTopUp: 'pp-ka',
  keyCertSign: undefined,
} as const

const fits = ({ key, certificate: { role } }: DecodedSet['certificates'][number], cell: CellName): boolean =>
  role !== undefined && roleName(role) === cell.role && key === keyOfUsage[cell.usage]
