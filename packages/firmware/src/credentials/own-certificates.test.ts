import { eui64, toHex } from '@smets2-sim/bytes'
import { type CertificateContent, native, parseCertificationRequest, softwareKeyStore } from '@smets2-sim/crypto'
import {
  alerts,
  CS02c,
  CS02d,
  CS02e,
  decodeMessage,
  deviceCertificateResult,
  ECS42,
  issueFailure,
  provideCertificateFailure,
  ECS52,
} from '@smets2-sim/gbcs'
import { GbcsError } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { command, deviceId, signedByDevice, type TestBench } from '../testing/bench.fixture.js'
import { issued, issuer } from '../testing/certificates.fixture.js'
import { first, securityBench } from '../testing/orders.fixture.js'

type Usage = 'digitalSignature' | 'keyAgreement'
let counter = 1n
/** Value of the response to a command of the supplier. */
function ask<R>(
  bench: TestBench,
  useCase: { command: (v: { to: typeof deviceId; value: any }) => any },
  value: unknown,
) {
  const request = useCase.command({ to: deviceId, value })
  const bytes = command(request, { from: first.supplier, counter: counter++, macBy: first.accessControlBroker })
  const outcome = bench.device.receive(bytes)
  if (outcome.kind === 'discarded') throw new Error(`${outcome.reason} ${outcome.detail}`)
  const message = decodeMessage(outcome.response)
  return { message, value: request.read(message.content).value as R }
}
const requestFor = (bench: TestBench, keyUsage: Usage) => {
  const { value } = ask<{ kind: string; value: Uint8Array }>(bench, CS02c, { keyUsage })
  return parseCertificationRequest(value.value)
}
const certificate = (publicKey: Uint8Array, keyUsage: Usage, change: Partial<CertificateContent> = {}): Uint8Array =>
  issued(issuer, { subject: { kind: 'device', entityId: deviceId }, publicKey, keyUsage, ...change })
const update = (bench: TestBench, der: Uint8Array) => ask<number>(bench, CS02d, der).value
const provided = (bench: TestBench, keyUsage: string) =>
  ask<{ kind: string; value: Uint8Array | number }>(bench, CS02e, { keyUsage }).value
const codes = ({ device }: TestBench): number[] =>
  [...device.log('securityLog.buffer').entries()].map(({ code }: { code: number }) => code)

describe('a new key pair', () => {
  it.each(['digitalSignature', 'keyAgreement'] as const)(
    'for %s is made on the device, which proves that it has it',
    (usage) => {
      const bench = securityBench()
      const request = requestFor(bench, usage)
      expect(request).toMatchObject({ entityId: deviceId, keyUsage: [usage] })
      expect(request.isPossessed(native)).toBe(true)
      expect(toHex(request.publicKey)).not.toBe(toHex(bench.device.ports.keys.publicKey(usage) ?? new Uint8Array(0)))
    },
  )
  it('is another one each time', () => {
    const bench = securityBench()
    const [a, b] = [requestFor(bench, 'keyAgreement'), requestFor(bench, 'keyAgreement')]
    expect(toHex(a.publicKey)).not.toBe(toHex(b.publicKey))
  })
  it('is refused for what no device has a key for', () => {
    const failure = { kind: 'failure', value: issueFailure.invalidKeyUsage }
    expect(ask(securityBench(), CS02c, { keyUsage: 'keyCertSign' }).value).toEqual(failure)
  })
  it('is not made where the key store cannot', () => {
    const keys = softwareKeyStore(native, {
      digitalSignature: native.sha256(Uint8Array.of(50)),
      keyAgreement: native.sha256(Uint8Array.of(51)),
    })
    const broken = (): never => {
      throw new GbcsError('cryptoFailure', 'no entropy')
    }
    const failure = (value: number) => ({ kind: 'failure', value })
    const noPair = securityBench({}, { keys: { ...keys, generate: broken } })
    expect(ask(noPair, CS02c, { keyUsage: 'keyAgreement' }).value).toEqual(
      failure(issueFailure.keyPairGenerationFailed),
    )
    const noRequest = securityBench({}, { keys: { ...keys, signPending: broken } })
    expect(ask(noRequest, CS02c, { keyUsage: 'keyAgreement' }).value).toEqual(
      failure(issueFailure.certificationRequestProductionFailed),
    )
  })
})

describe('a certificate for the device', () => {
  it('of its new signing key puts that key into use, after the response to the command', () => {
    const bench = securityBench()
    const { publicKey } = requestFor(bench, 'digitalSignature')
    const der = certificate(publicKey, 'digitalSignature')
    const { message, value } = ask<number>(bench, CS02d, der)
    expect([value, signedByDevice(message)]).toEqual([deviceCertificateResult.success, true])
    const next = bench.device.receive(
      command(ECS42.command({ to: deviceId }), {
        from: first.supplier,
        counter: counter++,
        macBy: first.accessControlBroker,
      }),
    )
    const answer = decodeMessage(next.kind === 'responded' ? next.response : new Uint8Array(0))
    expect([
      signedByDevice(answer),
      native.verify(publicKey, answer.signedOctets, answer.signature ?? new Uint8Array(0)),
    ]).toEqual([false, true])
    expect(provided(bench, 'digitalSignature')).toEqual({ kind: 'certificate', value: der })
    expect(codes(bench)).toEqual([alerts.ownDigitalSigningCertificateReplacementSucceeded.code])
  })
  it('of its new key agreement key makes all secrets anew', () => {
    const bench = securityBench()
    const { publicKey } = requestFor(bench, 'keyAgreement')
    expect(update(bench, certificate(publicKey, 'keyAgreement'))).toBe(deviceCertificateResult.success)
    const z = native.ecdh(first.accessControlBroker.agree, publicKey)
    const read = command(ECS52.command({ to: deviceId }), {
      from: first.supplier,
      counter: counter++,
      macBy: first.accessControlBroker,
    })
    expect(bench.device.receive(read)).toMatchObject({ reason: 'badMac' })
    const { id, agree } = first.accessControlBroker
    const peer = { id, usage: 'keyAgreement', publicKey: native.publicKeyOf(agree) } as const
    expect(bench.device.ports.keys.agree(peer)).toEqual(z)
    expect(codes(bench)).toContain(alerts.ownKeyAgreementCertificateReplacementSucceeded.code)
  })

  const usage = 'digitalSignature'
  const wrong: Readonly<
    Record<keyof typeof deviceCertificateResult, ((publicKey: Uint8Array) => Uint8Array) | undefined>
  > = {
    success: (publicKey) => certificate(publicKey, usage),
    invalidCertificate: () => Uint8Array.of(0x30, 3, 2, 1, 5),
    wrongDeviceIdentity: (publicKey) =>
      certificate(publicKey, usage, { subject: { kind: 'device', entityId: eui64('00db1234567890ff') } }),
    invalidKeyUsage: (publicKey) => certificate(publicKey, usage, { keyUsage: 'keyCertSign' }),
    noCorrespondingKeyPairGenerated: (publicKey) => certificate(publicKey, 'keyAgreement'),
    wrongPublicKey: () => certificate(native.publicKeyOf(native.sha256(Uint8Array.of(9))), usage),
    certificateStorageFailed: undefined,
    privateKeyChangeFailed: undefined,
  }
  it.each(Object.entries(wrong))('is answered with %s, and nothing changes but by success', (name, make) => {
    const bench = securityBench()
    const { publicKey } = requestFor(bench, usage)
    const result = deviceCertificateResult[name as keyof typeof wrong]
    if (!make) bench.device.faults.inject('asn1 CS02d', result)
    const before = bench.device.ports.keys.publicKey(usage)
    expect(update(bench, (make ?? ((key) => certificate(key, usage)))(publicKey))).toBe(result)
    if (name === 'success') return
    expect(bench.device.ports.keys.publicKey(usage)).toEqual(before)
    expect(provided(bench, usage)).toEqual({ kind: 'failure', value: provideCertificateFailure.noCertificateHeld })
    const failed =
      name === 'noCorrespondingKeyPairGenerated'
        ? alerts.ownKeyAgreementCertificateReplacementFailed
        : alerts.ownDigitalSigningCertificateReplacementFailed
    expect(codes(bench)).toEqual([failed.code])
    // the pair still waits: the right certificate finds it
    expect(update(bench, certificate(publicKey, usage))).toBe(deviceCertificateResult.success)
  })
  it('of an organisation is none for a device, though the identifier be its own', () => {
    const bench = securityBench()
    const { publicKey } = requestFor(bench, usage)
    const subject = { kind: 'organisation', commonName: 'x', role: 2, entityId: deviceId } as const
    expect(update(bench, certificate(publicKey, usage, { subject }))).toBe(deviceCertificateResult.wrongDeviceIdentity)
  })
  it('of an earlier pair comes too late', () => {
    const bench = securityBench()
    const earlier = requestFor(bench, usage)
    requestFor(bench, usage)
    expect(update(bench, certificate(earlier.publicKey, usage))).toBe(deviceCertificateResult.wrongPublicKey)
  })
  it('is used up: the same one finds no pair a second time', () => {
    const bench = securityBench()
    const der = certificate(requestFor(bench, usage).publicKey, usage)
    expect(update(bench, der)).toBe(deviceCertificateResult.success)
    expect(bench.device.ports.keys.pendingKey(usage)).toBeUndefined()
  })
  it('is not provided for what no device has a key for, nor where it cannot be read', () => {
    const bench = securityBench()
    const failure = (value: number) => ({ kind: 'failure', value })
    expect(provided(bench, 'keyCertSign')).toEqual(failure(provideCertificateFailure.invalidKeyUsage))
    bench.device.faults.inject('asn1 CS02e', provideCertificateFailure.retrievalFailure)
    expect(provided(bench, usage)).toEqual(failure(provideCertificateFailure.retrievalFailure))
  })
})
