import type { CryptoProvider, KeyVault } from '@smets2-sim/crypto'
import { chf } from '@smets2-sim/chf'
import { esme } from '@smets2-sim/esme'
import type { Eui64 } from '@smets2-sim/bytes'
import {
  anchorFromDer,
  type CellName,
  contingencyKey,
  type Device,
  type DevicePorts,
  imageIdentity,
  ownCertificate,
  wrapContingencyKey,
} from '@smets2-sim/firmware'
import type { DeviceKind } from '@smets2-sim/gbcs'
import { gpf } from '@smets2-sim/gpf'
import { gsme, valvelessGsme } from '@smets2-sim/gsme'
import { hcalcs } from '@smets2-sim/hcalcs'
import {
  type Identity,
  identityKeyStore,
  type PartyRole,
  standardPartyId,
  type TestSmki,
  usagesOf,
} from '@smets2-sim/parties'
import type { GasConfig } from '../config/home-config.js'
import { identityOf } from './firmware.js'
import { ppmid } from '@smets2-sim/ppmid'

function makeGsme(id: Eui64, ports: DevicePorts, { valve = true }: GasConfig = {}): Device {
  return valve ? gsme(id, ports) : valvelessGsme(id, ports)
}
/** Devices with firmware of their own, and who makes them. */
const makers = { esme, gsme: makeGsme, gpf, chf, ppmid, hcalcs } as const
export type FirmwareName = keyof typeof makers
/** The class of a device. */
export type DeviceOf<N extends FirmwareName> = ReturnType<(typeof makers)[N]>
export const hasFirmware = (kind: DeviceKind): kind is FirmwareName => kind in makers
/** How a device is built, and what puts it into the state in which it comes into the home. */
export interface AsBuilt {
  /** Of its maker's. */
  readonly options?: object
  readonly prime?: (device: Device) => void
}
type Make = (id: Eui64, ports: DevicePorts, options?: object) => Device

/** Roles of which a device trusts the party itself when it leaves the factory. */
const knownRoles: readonly PartyRole[] = [
  'recovery',
  'supplier',
  'networkOperator',
  'accessControlBroker',
  'transitionalCoS',
  'wanProvider',
  'loadController',
]
/**
 * Roles whose cells the access control broker holds until it hands them over (CS02b): nobody knows at the factory who
 * will operate the network, and of a hub not even who will supply. facts 7.3; which device it concerns is our decision.
 */
const heldByBroker: Readonly<Partial<Record<DeviceKind, readonly PartyRole[]>>> = {
  esme: ['networkOperator'],
  gsme: ['networkOperator'],
  gpf: ['supplier', 'networkOperator'],
}
export const rolesHeldByBroker = (kind: DeviceKind): readonly PartyRole[] => heldByBroker[kind] ?? []

/**
 * A device as it comes from the factory: with its keys, their certificates, and those of the parties that it is to
 * trust. Keys that it makes later are in its vault.
 */
export function manufacture(
  kind: FirmwareName,
  identity: Identity,
  smki: TestSmki,
  crypto: CryptoProvider,
  { vault, ...ports }: Omit<DevicePorts, 'crypto' | 'keys'> & { readonly vault?: KeyVault },
  { options, prime = () => undefined }: AsBuilt = {},
): Device {
  const all: DevicePorts = { ...ports, crypto, keys: identityKeyStore(crypto, identity, vault) }
  const device = (makers[kind] as Make)(identity.id, all, options)
  // one that has been in use keeps what it has learnt
  if (device.anchors.get('root', 'keyCertSign')) return device
  device.transaction(() => {
    device.items.write(ownCertificate('digitalSignature'), identity.certificates.digitalSignature)
    device.items.write(ownCertificate('keyAgreement'), identity.certificates.keyAgreement)
    device.items.write(imageIdentity, identityOf(kind))
    provision(device, smki)
    prime(device)
  })
  device.save()
  return device
}

/** Parties other than those of the standard set, by their roles. */
export type PartyIds = Readonly<Partial<Record<PartyRole, Eui64>>>

/**
 * Gives a device the credentials of the parties that it is to trust when it comes into a home, and the contingency key,
 * locked.
 */
export function provision(device: Device, smki: TestSmki, ids: PartyIds = {}): void {
  const idOf = (role: PartyRole): Eui64 => ids[role] ?? standardPartyId(role)
  const set = (cell: CellName, certificate: Uint8Array): void => {
    if (device.anchors.has(cell)) device.anchors.set(cell, anchorFromDer(certificate))
  }
  const { symmetricKey, nonce, publicKey } = smki.contingency
  device.items.write(contingencyKey, wrapContingencyKey(device.ports.crypto, symmetricKey, nonce, publicKey))
  set({ role: 'root', usage: 'keyCertSign' }, smki.issuers.organisationRoot.certificate)
  const broker = smki.organisation('accessControlBroker', idOf('accessControlBroker'))
  for (const role of knownRoles) {
    const party = rolesHeldByBroker(device.kind).includes(role) ? broker : smki.organisation(role, idOf(role))
    for (const usage of usagesOf(role)) {
      const certificate = party.certificates[usage]
      if (certificate) set({ role, usage }, certificate)
    }
  }
}
