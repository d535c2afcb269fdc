import { type KeyVault, native, parseCertificationRequest, softwareKeyStore } from '@smets2-sim/crypto'
import { CS02c, CS02d, decodeMessage } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { Device } from '../device.js'
import { command, deviceId, memoryStore, type TestBench } from '../testing/bench.fixture.js'
import { issued, issuer } from '../testing/certificates.fixture.js'
import { first, securityBench } from '../testing/orders.fixture.js'
import { ownCertificate } from './own-certificates.js'

type Usage = 'digitalSignature' | 'keyAgreement'
const usages = ['digitalSignature', 'keyAgreement'] as const
const memoryVault = (): KeyVault => {
  let kept: Uint8Array | undefined
  return { load: () => kept, save: (octets) => void (kept = octets.slice()) }
}
const scalar = (n: number): Uint8Array => native.sha256(Uint8Array.of(n))
const keysIn = (vault: KeyVault) =>
  softwareKeyStore(native, { digitalSignature: scalar(50), keyAgreement: scalar(51) }, vault)

function bench() {
  const [store, vault] = [memoryStore(), memoryVault()]
  const made = securityBench({}, { store, keys: keysIn(vault) })
  /** The device is switched off and on: all it has is what it kept. */
  const restarted = (): Device =>
    new Device(made.device.profile, deviceId, { ...made.device.ports, keys: keysIn(vault) })
  return { made, vault, store, restarted }
}
let counter = 1n
function ask({ device }: Pick<TestBench, 'device'>, request: any): any {
  const outcome = device.receive(
    command(request, { from: first.supplier, counter: counter++, macBy: first.accessControlBroker }),
  )
  if (outcome.kind === 'discarded') throw new Error(`${outcome.reason} ${outcome.detail}`)
  return request.read(decodeMessage(outcome.response).content).value
}
const askForKey = (of: Pick<TestBench, 'device'>, keyUsage: Usage): Uint8Array =>
  parseCertificationRequest(ask(of, CS02c.command({ to: deviceId, value: { keyUsage } })).value).publicKey
const certificate = (publicKey: Uint8Array, keyUsage: Usage): Uint8Array =>
  issued(issuer, { subject: { kind: 'device', entityId: deviceId }, publicKey, keyUsage })
const publicKeyOf = ({ ports }: Device, usage: Usage) => ports.keys.publicKey(usage)

describe.each(usages)('a renewed key for %s', (usage) => {
  it('is in use after a restart', () => {
    const { made, restarted } = bench()
    const publicKey = askForKey(made, usage)
    expect(ask(made, CS02d.command({ to: deviceId, value: certificate(publicKey, usage) }))).toBe(0)
    const again = restarted()
    expect(publicKeyOf(again, usage)).toEqual(publicKey)
    expect(again.ports.keys.pendingKey(usage)).toBeUndefined()
  })
  it('waits for its certificate over a restart', () => {
    const { made, restarted } = bench()
    const before = publicKeyOf(made.device, usage)
    const publicKey = askForKey(made, usage)
    const again = restarted()
    expect(publicKeyOf(again, usage)).toEqual(before)
    expect(again.ports.keys.pendingKey(usage)).toEqual(publicKey)
    expect(ask({ device: again }, CS02d.command({ to: deviceId, value: certificate(publicKey, usage) }))).toBe(0)
    expect(publicKeyOf(again, usage)).toEqual(publicKey)
  })
  it('is in use when the power went between certificate and key', () => {
    const { made, restarted } = bench()
    const publicKey = askForKey(made, usage)
    made.device.items.write(ownCertificate(usage), certificate(publicKey, usage))
    made.device.save()
    expect(publicKeyOf(restarted(), usage)).toEqual(publicKey)
  })
  it('is not in use because a certificate of another key is there', () => {
    const { made, restarted } = bench()
    const before = publicKeyOf(made.device, usage)
    askForKey(made, usage)
    made.device.items.write(ownCertificate(usage), certificate(native.publicKeyOf(scalar(77)), usage))
    made.device.save()
    expect(publicKeyOf(restarted(), usage)).toEqual(before)
  })
})

it('is in the vault, and in no snapshot of the device', () => {
  const { made, vault, store } = bench()
  for (const usage of usages) {
    const publicKey = askForKey(made, usage)
    ask(made, CS02d.command({ to: deviceId, value: certificate(publicKey, usage) }))
  }
  const { keys, entropy } = made.device.ports
  for (const usage of usages) keys.generate(usage, (count) => entropy.bytes(count))
  made.device.save()
  const kept = Buffer.from(vault.load() ?? new Uint8Array(0))
  // version, then four keys of 33 octets: those in use, and those that wait
  expect(kept).toHaveLength(1 + 4 * 33)
  const snapshot = Buffer.from(store.load() ?? new Uint8Array(0))
  for (let key = 0; key < 4; key++) expect(snapshot.includes(kept.subarray(2 + key * 33, 34 + key * 33))).toBe(false)
})
