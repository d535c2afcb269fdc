import type { Eui64 } from '@smets2-sim/bytes'
import type { KeyUsage } from '@smets2-sim/crypto'
import type { DeviceKind } from '@smets2-sim/gbcs'
import type { CredentialUsage, PartyRole } from '@smets2-sim/parties'

/** What is known of a key pair. */
export interface TargetKey {
  /** Uncompressed point. */
  readonly publicKey: Uint8Array
  /** Scalar. Nobody has that of the device. */
  readonly privateKey?: Uint8Array
  /** DER. */
  readonly certificate?: Uint8Array
}

/** A party that the device under test knows, or in whose name the access control broker asks. */
export interface TargetParty {
  readonly role: PartyRole
  readonly id: Eui64
  /** The last originator counter that it has used. */
  readonly counter?: bigint
  readonly keys: Readonly<Partial<Record<CredentialUsage, TargetKey>>>
}

/** All that a run against a device outside has to know of it. */
export interface TargetKeys {
  readonly device: {
    readonly id: Eui64
    readonly kind: DeviceKind
    readonly keys: Readonly<Record<KeyUsage, TargetKey>>
  }
  /** The root that the device trusts. */
  readonly root?: TargetKey
  /** Of several with one role, the device knows the first. */
  readonly parties: readonly TargetParty[]
}

/** The party that plays a role. */
export const partyOf = ({ parties }: TargetKeys, role: string | undefined): TargetParty | undefined =>
  parties.find((party) => party.role === role)

/** Kinds of the devices of the standard set of the test SMKI, in its order. Our decision. */
export const standardKinds: readonly DeviceKind[] = ['chf', 'gpf', 'esme', 'gsme', 'ppmid', 'ihd', 'hcalcs']
