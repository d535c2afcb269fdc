import type { Eui64 } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import type { DeviceKind } from '@smets2-sim/gbcs'
import { type Identity, standardSet, type TestSmki } from '@smets2-sim/parties'
import { standardKinds, type TargetKey, type TargetKeys, type TargetParty } from './keys.js'

const keysOf = ({ keys, certificates }: Identity, secret: boolean): Record<string, TargetKey> =>
  Object.fromEntries(
    Object.entries(keys).map(([usage, privateKey]) => [
      usage,
      {
        publicKey: native.publicKeyOf(privateKey as Uint8Array),
        certificate: certificates[usage as keyof typeof certificates] as Uint8Array,
        ...(secret && { privateKey: privateKey as Uint8Array }),
      },
    ]),
  )

/** What a test SMKI makes of a device and the parties of the standard set. */
export function smkiKeys(
  smki: TestSmki,
  kind: DeviceKind,
  id: Eui64 = standardSet.devices[standardKinds.indexOf(kind)] as Eui64,
): TargetKeys {
  const { organisationRoot: root } = smki.issuers
  return {
    device: { id, kind, keys: keysOf(smki.device(id), false) as TargetKeys['device']['keys'] },
    root: { publicKey: root.publicKey, certificate: root.certificate },
    parties: standardSet.organisations.map(
      ({ role, id }): TargetParty => ({ role, id, keys: keysOf(smki.organisation(role, id), true) }),
    ),
  }
}
