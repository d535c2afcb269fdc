import { eui64 } from '@smets2-sim/bytes'
import { anchorFromDer, type Device, type DevicePorts } from '@smets2-sim/firmware'
import { esme } from '@smets2-sim/esme'
import { type CommandRequest, groupedOctetsOf, messageMac, signedOctetsOf, withMac } from '@smets2-sim/gbcs'
import { commandBody, type Identity, identityKeyStore, testSmki } from '@smets2-sim/parties'
import type { CryptoProvider, KeyStore } from '@smets2-sim/crypto'

/** A meter with its parties, and commands that they have made for it beforehand. */
export interface BenchPremises {
  readonly meter: Device
  readonly deviceKeys: KeyStore
  readonly supplier: Identity
  readonly broker: Identity
  readonly device: Identity
  /** A command of the supplier under this counter, signed where the use case is critical, with the broker's MAC. */
  command(request: CommandRequest, counter: bigint): Uint8Array
}

export const meterId = eui64('0253494d000000a0')
const SUPPLIER = eui64('90b3d51f30010000')
const BROKER = eui64('90b3d51f30000002')

export function benchPremises(crypto: CryptoProvider): BenchPremises {
  const smki = testSmki({ seed: 1 })
  const supplier = smki.organisation('supplier', SUPPLIER)
  const broker = smki.organisation('accessControlBroker', BROKER)
  const device = smki.device(meterId)
  const deviceKeys = identityKeyStore(crypto, device)
  const meter = provisioned(esme(meterId, ports(crypto, deviceKeys)), [supplier, broker])
  const brokerKeys = identityKeyStore(crypto, broker)
  const supplierKeys = identityKeyStore(crypto, supplier)
  const z = brokerKeys.agree({
    id: meterId,
    usage: 'keyAgreement',
    publicKey: deviceKeys.publicKey('keyAgreement') ?? new Uint8Array(0),
  })
  return {
    meter,
    deviceKeys,
    supplier,
    broker,
    device,
    command(request, originatorCounter) {
      const body = commandBody(request, { originator: SUPPLIER, originatorCounter })
      const octets = signedOctetsOf(body)
      const critical = request.useCase.category === 'SME.C.C'
      const grouped = groupedOctetsOf(octets, critical ? supplierKeys.sign(octets) : undefined)
      return withMac(grouped, messageMac(crypto, z, body, grouped))
    },
  }
}

/** Ports of a device that is on nobody's network. */
export const ports = (crypto: CryptoProvider, keys: KeyStore): DevicePorts => ({
  clock: { now: () => 820_000_000 },
  entropy: { bytes: (count) => new Uint8Array(count) },
  crypto,
  keys,
  link: { send: () => undefined },
})

function provisioned(device: Device, parties: readonly Identity[]): Device {
  for (const { role, certificates } of parties)
    for (const [usage, der] of Object.entries(certificates) as [keyof Identity['certificates'], Uint8Array][])
      if (role && device.anchors.has({ role, usage })) device.anchors.set({ role, usage }, anchorFromDer(der))
  return device
}
