import { type CryptoProvider, native } from '@smets2-sim/crypto'
import type { Device, DevicePorts } from '@smets2-sim/firmware'
import type { DeviceKind } from '@smets2-sim/gbcs'
import { identityKeyStore, type TestSmki } from '@smets2-sim/parties'
import type { Eui64 } from '@smets2-sim/bytes'
import { makeDevice } from '../bench-device/kind.js'
import { provision } from './provision.js'
import { smkiKeys } from './smki-keys.js'

/** A device of a test SMKI, fresh from the factory: it trusts the parties of the standard set. */
export function simulatedDevice(
  smki: TestSmki,
  kind: DeviceKind,
  ports: Pick<DevicePorts, 'clock' | 'entropy' | 'link'>,
  { id, crypto = native }: { readonly id?: Eui64 | undefined; readonly crypto?: CryptoProvider } = {},
): Device {
  const keys = smkiKeys(smki, kind, id)
  const identity = smki.device(keys.device.id)
  const device = makeDevice(kind, identity.id, { ...ports, crypto, keys: identityKeyStore(crypto, identity) })
  provision(device, keys, crypto)
  return device
}
