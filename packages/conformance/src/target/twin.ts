import { type CryptoProvider, type SharedSecret, tableKeyStore } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '@smets2-sim/firmware'
import { makeDevice } from '../bench-device/kind.js'
import type { TargetKeys } from './keys.js'
import { provision } from './provision.js'

/** A simulated device beside the one under test: it gets the same commands, and shows what is expected. */
export interface Twin {
  readonly device: Device
  /** What it sent without being asked. */
  readonly sent: Uint8Array[]
}

/** Any scalar does: of a signature only the fact is compared. */
const SIGNING_KEY = Uint8Array.from({ length: 32 }, (_, i) => i + 1)

/**
 * Makes a twin of the same kind, identity and parties. Secrets are the same for both: a party's private key and the
 * device's public one give them.
 */
export function makeTwin(keys: TargetKeys, p: CryptoProvider, now: () => UtcSeconds): Twin {
  const { id, kind, keys: own } = keys.device
  const sent: Uint8Array[] = []
  let drawn = 0
  const device = makeDevice(kind, id, {
    clock: { now },
    crypto: p,
    keys: tableKeyStore(p, {
      secrets: secretsOf(keys, p),
      signingKey: SIGNING_KEY,
      agreementPublicKey: own.keyAgreement.publicKey,
    }),
    link: { send: (message) => void sent.push(message) },
    entropy: { bytes: (count) => p.sha256(Uint8Array.of(++drawn, count)).subarray(0, count) },
  })
  provision(device, keys, p)
  return { device, sent }
}

function secretsOf({ device, parties }: TargetKeys, p: CryptoProvider): SharedSecret[] {
  return parties.flatMap(({ id, keys }) =>
    (['keyAgreement', 'prePaymentTopUp'] as const).flatMap((usage) => {
      const key = keys[usage]
      if (!key?.privateKey) return []
      const z = p.ecdh(key.privateKey, device.keys.keyAgreement.publicKey)
      return [{ id, usage, z, publicKey: key.publicKey }]
    }),
  )
}
