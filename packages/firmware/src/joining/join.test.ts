import { eui64, eui64Bytes } from '@smets2-sim/bytes'
import { type CertificateContent, native } from '@smets2-sim/crypto'
import {
  alerts,
  type Asn1UseCase,
  CS03A1,
  CS03A2,
  CS03B,
  CS03C,
  CS04AC,
  CS04B,
  CS07,
  decodeMessage,
  type DeviceKind,
  deviceType,
  joinMethod,
  joinResult,
  PCS01,
  unjoinResult,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { deviceLog, inDeviceLog, peerKey } from '../credentials/device-log.js'
import { command, deviceId, type TestBench } from '../testing/bench.fixture.js'
import { issued, issuer } from '../testing/certificates.fixture.js'
import { first, securityBench } from '../testing/orders.fixture.js'

type Method = keyof typeof joinMethod
type Type = keyof typeof deviceType
const useCaseOf: Readonly<Record<Method, Asn1UseCase>> = {
  methodAInitiator: CS03A1,
  methodAResponder: CS03A2,
  methodB: CS03B,
  methodC: CS03C,
}
/** Which device joins which other by which method: every pair that is allowed. */
const pairs: readonly (readonly [DeviceKind, Method, Type])[] = [
  ['esme', 'methodAInitiator', 'hcalcs'],
  ['esme', 'methodAInitiator', 'ppmid'],
  ['esme', 'methodB', 'type2'],
  ['gsme', 'methodB', 'gpf'],
  ['gsme', 'methodC', 'ppmid'],
  ['gpf', 'methodAResponder', 'gsme'],
  ['gpf', 'methodAResponder', 'ppmid'],
  ['gpf', 'methodB', 'gsme'],
  ['gpf', 'methodB', 'ppmid'],
  ['gpf', 'methodB', 'type2'],
  ['ppmid', 'methodAResponder', 'esme'],
  ['ppmid', 'methodAResponder', 'gpf'],
  ['ppmid', 'methodC', 'gsme'],
  ['hcalcs', 'methodAResponder', 'esme'],
]
const methods = Object.keys(useCaseOf) as Method[]
const types = Object.keys(deviceType) as Type[]
const kinds: readonly DeviceKind[] = ['esme', 'gsme', 'gpf', 'ppmid', 'hcalcs']

const other = eui64('00db1234567890b0')
const otherKey = native.publicKeyOf(native.sha256(Uint8Array.of(77)))
const certificate = (change: Partial<CertificateContent> = {}): Uint8Array =>
  issued(issuer, {
    subject: { kind: 'device', entityId: other },
    publicKey: otherKey,
    keyUsage: 'keyAgreement',
    ...change,
  })

let counter = 1n
function ask(bench: TestBench, useCase: Asn1UseCase, value: unknown): unknown {
  const from = useCase.from.includes('supplier') ? first.supplier : first.accessControlBroker
  const request = useCase.command({ to: deviceId, value })
  const outcome = bench.device.receive(command(request, { from, counter: counter++, macBy: first.accessControlBroker }))
  if (outcome.kind === 'discarded') return outcome.reason
  const { content, originatorCounter } = decodeMessage(outcome.response)
  return request.read(content, { originatorCounter, originator: from.id, target: deviceId }, () => undefined).value
}
const joinValue = (method: Method, type: Type, change: object = {}) => ({
  joinMethodAndRole: joinMethod[method],
  otherDeviceEntityIdentifier: eui64Bytes(other),
  otherDeviceType: deviceType[type],
  ...(method === 'methodC' && { otherDeviceCertificate: certificate() }),
  ...change,
})
const join = (bench: TestBench, method: Method, type: Type, change: object = {}): unknown =>
  ask(bench, useCaseOf[method], joinValue(method, type, change))
const codes = ({ device }: TestBench): number[] =>
  [...device.log('securityLog.buffer').entries()].map(({ code }: { code: number }) => code)
/** A bench on which every joining command arrives, whatever the kind: what is told apart here is not the gate's matter. */
const benchOf = (kind: DeviceKind, ports = {}): TestBench => {
  const useCases = [...Object.values(useCaseOf), CS04AC, CS04B, CS07, PCS01]
  return securityBench({ kind, useCases: new Map(useCases.map((one) => [one.code, one])) as never }, ports)
}

describe('joining', () => {
  const all = kinds.flatMap((kind) => methods.flatMap((method) => types.map((type) => [kind, method, type] as const)))
  it.each(all)('a %s by %s with a %s', (kind, method, type) => {
    const allowed = pairs.some(([k, m, t]) => k === kind && m === method && t === type)
    const bench = benchOf(kind)
    expect(join(bench, method, type)).toBe(allowed ? joinResult.success : joinResult.invalidJoinMethodAndRole)
    expect(deviceLog(bench.device)).toHaveLength(allowed ? 1 : 0)
    expect(codes(bench)).toEqual([(allowed ? alerts.deviceJoiningSucceeded : alerts.deviceJoiningFailed).code])
  })
  it('needs the command of its method', () => {
    for (const useCase of Object.values(useCaseOf))
      for (const method of methods) {
        const result = ask(benchOf('esme'), useCase, joinValue(method, 'ppmid'))
        if (useCase !== useCaseOf[method]) expect(result).toBe(joinResult.invalidMessageCodeForJoinMethodAndRole)
      }
  })
  it('is done once: again it changes nothing, as another kind of device it is incompatible', () => {
    const bench = benchOf('esme')
    expect(join(bench, 'methodAInitiator', 'ppmid')).toBe(joinResult.success)
    const before = deviceLog(bench.device)
    expect(join(bench, 'methodAInitiator', 'ppmid')).toBe(joinResult.success)
    expect(deviceLog(bench.device)).toEqual(before)
    expect(join(bench, 'methodAInitiator', 'hcalcs')).toBe(joinResult.incompatibleWithExistingEntry)
    expect(deviceLog(bench.device)).toEqual(before)
  })
  it('ends with a full log, in which those who are in it may still join again', () => {
    const bench = benchOf('esme')
    const nth = (n: number) => ({
      otherDeviceEntityIdentifier: eui64Bytes(eui64(`00db1234567891${n.toString(16).padStart(2, '0')}`)),
    })
    for (let n = 0; n < 16; n++) expect(join(bench, 'methodB', 'type2', nth(n))).toBe(joinResult.success)
    expect(join(bench, 'methodB', 'type2', nth(16))).toBe(joinResult.deviceLogFull)
    expect(join(bench, 'methodB', 'type2', nth(3))).toBe(joinResult.success)
    expect(deviceLog(bench.device)).toHaveLength(16)
  })
  it('by method A needs a link key, by others none', () => {
    const failures = [
      'keyAgreementNoResources',
      'keyAgreementUnknownIssuer',
      'keyAgreementUnsupportedSuite',
      'keyAgreementBadMessage',
      'keyAgreementBadKeyConfirm',
      'noPartnerLinkKeyReceived',
      'noCBKEResponse',
    ] as const
    for (const failure of failures) {
      const bench = benchOf('esme', { partnerLink: () => failure })
      expect(join(bench, 'methodAInitiator', 'ppmid')).toBe(joinResult[failure])
      expect(deviceLog(bench.device)).toEqual([])
      expect(join(bench, 'methodB', 'type2')).toBe(joinResult.success)
    }
    const asked: string[] = []
    const linked = benchOf('hcalcs', { partnerLink: (id: string) => (asked.push(id), 'success') })
    expect(join(linked, 'methodAResponder', 'esme')).toBe(joinResult.success)
    expect(asked).toEqual([other])
  })
  it('fails as a write does', () => {
    const bench = benchOf('esme')
    bench.device.faults.inject('asn1 CS03A1', joinResult.writeFailure)
    expect(join(bench, 'methodAInitiator', 'ppmid')).toBe(joinResult.writeFailure)
    expect(deviceLog(bench.device)).toEqual([])
  })
})

describe('gas meter and prepayment display', () => {
  const wrong: Readonly<Record<string, [Method, Type, object]>> = {
    'without a certificate': ['methodC', 'ppmid', { otherDeviceCertificate: undefined }],
    'with one for signatures': [
      'methodC',
      'ppmid',
      { otherDeviceCertificate: certificate({ keyUsage: 'digitalSignature' }) },
    ],
    'with one of nobody': [
      'methodC',
      'ppmid',
      { otherDeviceCertificate: certificate({ subject: { kind: 'issuer', commonName: 'x' } }) },
    ],
    'with something else': ['methodC', 'ppmid', { otherDeviceCertificate: Uint8Array.of(0x30, 0) }],
    'by another method, with one': ['methodB', 'gpf', { otherDeviceCertificate: certificate() }],
  }
  it.each(Object.entries(wrong))('do not join %s', (_name, [method, type, change]) => {
    const bench = benchOf('gsme')
    expect(join(bench, method, type, change)).toBe(joinResult.invalidOrMissingCertificate)
    expect(deviceLog(bench.device)).toEqual([])
  })
  it('speak with each other under the keys that they joined with, and no longer after they parted', () => {
    const bench = benchOf('gsme')
    expect(join(bench, 'methodC', 'ppmid')).toBe(joinResult.success)
    expect(peerKey(bench.device, other)).toEqual(otherKey)
    expect(ask(bench, CS04AC, eui64Bytes(other))).toBe(unjoinResult.success)
    expect(peerKey(bench.device, other)).toBeUndefined()
  })
  it('have no key for each other from a certificate of a third device', () => {
    const bench = benchOf('gsme')
    const third = certificate({ subject: { kind: 'device', entityId: eui64('00db1234567890cc') } })
    expect(join(bench, 'methodC', 'ppmid', { otherDeviceCertificate: third })).toBe(joinResult.success)
    expect(peerKey(bench.device, other)).toBeUndefined()
  })
  it('take a new key when they join again', () => {
    const bench = benchOf('gsme')
    join(bench, 'methodC', 'ppmid')
    const publicKey = native.publicKeyOf(native.sha256(Uint8Array.of(78)))
    join(bench, 'methodC', 'ppmid', { otherDeviceCertificate: certificate({ publicKey }) })
    expect(peerKey(bench.device, other)).toEqual(publicKey)
  })
})

describe('parting', () => {
  it('leaves no trace but in the security log', () => {
    const bench = benchOf('esme')
    join(bench, 'methodB', 'type2')
    expect(ask(bench, CS04B, eui64Bytes(other))).toBe(unjoinResult.success)
    expect(inDeviceLog(bench.device, other)).toBeUndefined()
    expect(codes(bench)).toEqual([alerts.deviceJoiningSucceeded.code, alerts.deviceUnjoiningSucceeded.code])
  })
  it('from a stranger is an error', () => {
    const bench = benchOf('esme')
    expect(ask(bench, CS04AC, eui64Bytes(other))).toBe(unjoinResult.otherDeviceNotInDeviceLog)
    expect(codes(bench)).toEqual([alerts.deviceUnjoiningFailed.code])
  })
  it('needs the command for the method by which they joined', () => {
    const byA = benchOf('esme')
    join(byA, 'methodAInitiator', 'ppmid')
    expect(ask(byA, CS04B, eui64Bytes(other))).toBe(unjoinResult.otherFailure)
    expect(ask(byA, CS04AC, eui64Bytes(other))).toBe(unjoinResult.success)
    const byB = benchOf('esme')
    join(byB, 'methodB', 'type2')
    expect(ask(byB, CS04AC, eui64Bytes(other))).toBe(unjoinResult.otherFailure)
    expect(inDeviceLog(byB.device, other)).toBeDefined()
  })
  it('fails on demand', () => {
    const bench = benchOf('esme')
    join(bench, 'methodB', 'type2')
    bench.device.faults.inject('asn1 CS04B', unjoinResult.otherFailure)
    expect(ask(bench, CS04B, eui64Bytes(other))).toBe(unjoinResult.otherFailure)
    expect(inDeviceLog(bench.device, other)).toBeDefined()
  })
})

describe('the device log', () => {
  it('is read by CS07, or says that it cannot be', () => {
    const bench = benchOf('esme')
    join(bench, 'methodB', 'type2')
    expect(ask(bench, CS07, null)).toEqual({
      status: 0,
      entries: [{ deviceId: eui64Bytes(other), deviceType: deviceType.type2 }],
    })
    bench.device.faults.inject('asn1 CS07', 1)
    expect(ask(bench, CS07, null)).toEqual({ status: 1 })
  })
  it('tells of each change, and of nothing else', () => {
    let changes = 0
    const useCases = new Map([CS03B, CS04B].map((one) => [one.code, one])) as never
    const bench = securityBench({ useCases, deviceLogChanged: () => void changes++ })
    join(bench, 'methodB', 'type2')
    expect(changes).toBe(1)
    join(bench, 'methodB', 'gpf')
    expect(changes).toBe(1)
    ask(bench, CS04B, eui64Bytes(other))
    ask(bench, CS04B, eui64Bytes(other))
    expect(changes).toBe(2)
  })
})
