import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { parseCertificate } from '@smets2-sim/crypto'
import type { DeviceKind, RemotePartyRole } from '@smets2-sim/gbcs'
import type { Identity } from './smki/index.js'

/** Public keys of somebody, from the certificates. */
export interface PublicKeys {
  readonly digitalSignature: Uint8Array
  readonly keyAgreement: Uint8Array
}
export interface KnownDevice extends PublicKeys {
  readonly id: Eui64
  readonly kind: DeviceKind
}
export interface KnownParty extends PublicKeys {
  readonly id: Eui64
  readonly role: RemotePartyRole
  /** Key agreement certificate (DER): what a command for an unknown party carries. */
  readonly keyAgreementCertificate: Uint8Array
}

const keysOf = ({ certificates }: Pick<Identity, 'certificates'>): PublicKeys => ({
  digitalSignature: parseCertificate(certificates.digitalSignature).publicKey,
  keyAgreement: parseCertificate(certificates.keyAgreement).publicKey,
})

/** What the far end knows of devices and parties: their kind or role, and their public keys. */
export class Inventory {
  readonly #devices = new Map<Eui64, KnownDevice>()
  readonly #parties = new Map<Eui64, KnownParty>()

  addDevice(kind: DeviceKind, identity: Pick<Identity, 'id' | 'certificates'>): void {
    this.#devices.set(identity.id, { id: identity.id, kind, ...keysOf(identity) })
  }
  addParty(role: RemotePartyRole, identity: Pick<Identity, 'id' | 'certificates'>): void {
    const { id, certificates } = identity
    this.#parties.set(id, { id, role, ...keysOf(identity), keyAgreementCertificate: certificates.keyAgreement })
  }
  /** A device has a new certificate: the key that it is for takes the place of the old one. */
  renew(certificate: Uint8Array): void {
    const { entityId, keyUsage, publicKey } = parseCertificate(certificate)
    const device = this.device(entityId as Eui64)
    const usage = keyUsage.includes('digitalSignature') ? 'digitalSignature' : 'keyAgreement'
    this.#devices.set(device.id, { ...device, [usage]: publicKey })
  }
  remove(id: Eui64): void {
    this.#devices.delete(id)
  }

  /** @throws GbcsError `unknownKey` */
  device(id: Eui64): KnownDevice {
    const device = this.#devices.get(id)
    if (!device) throw new GbcsError('unknownKey', `no device ${id} in the inventory`)
    return device
  }
  /** @throws GbcsError `unknownKey` */
  party(id: Eui64): KnownParty {
    const party = this.#parties.get(id)
    if (!party) throw new GbcsError('unknownKey', `no party ${id} in the inventory`)
    return party
  }
  hasDevice(id: Eui64): boolean {
    return this.#devices.has(id)
  }
}
