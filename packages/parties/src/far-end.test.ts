import { eui64, GbcsError } from '@smets2-sim/bytes'
import { accessResult, encodeAccessResponse, nullData } from '@smets2-sim/cosem'
import { native } from '@smets2-sim/crypto'
import {
  alerts,
  CS01a,
  CS02a,
  CS02b_accessControlBrokerByACB,
  type DecodedMessage,
  decodeMessage,
  decodeUtrn,
  ECS21a,
  ECS43,
  ECS52,
  encodeGbzAlert,
  encodeProtectedResponse,
  encodeProtectedValues,
  firmwareVersion,
  dailyReadLog,
  macIsValid,
  type MessageBody,
  ptutMacIsValid,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { type CommandRefused, identityKeyStore, protectionOf, standardSet, topUpKeyStore } from './index.js'
import { deviceId, farEndWith, keys, responseTo, signed, smki } from './played-device.fixture.js'

const version = Uint8Array.of(1, 2, 3, 4)
const versionRead = (command: DecodedMessage): Uint8Array =>
  encodeAccessResponse({
    invokeIdAndPriority: 0x20000000 + Number(command.originatorCounter & 0xffffffn),
    results: [{ kind: 'get', result: accessResult.success, data: firmwareVersion.value.schema.encode(version) }],
  })
const done = (command: DecodedMessage): Uint8Array =>
  encodeAccessResponse({
    invokeIdAndPriority: 0x20000000 + Number(command.originatorCounter & 0xffffffn),
    results: [{ kind: 'action', result: accessResult.success, data: nullData }],
  })
const read = ECS52.command({ to: deviceId })
const disable = ECS43.command({ to: deviceId })

/** A far end whose device answers a read, after some change to body or octets. */
const answering = (change: (body: MessageBody) => Partial<MessageBody> = () => ({}), octets = (o: Uint8Array) => o) => {
  const played = farEndWith((command) => {
    const body = responseTo(command, versionRead(command))
    return octets(played.macked({ ...body, ...change(body) }))
  })
  return played.farEnd
}

describe('a command', () => {
  it('is signed by its originator, and the broker makes its MAC', async () => {
    const { farEnd, sent } = farEndWith((command) => signed(responseTo(command, done(command))))
    const response = await farEnd.supplier.send(disable)
    expect(response.ok).toBe(true)
    const message = decodeMessage(sent[0] as Uint8Array)
    const { digitalSignature, keyAgreement } = farEnd.inventory.party(farEnd.supplier.id)
    expect(message.signature && native.verify(digitalSignature, message.signedOctets, message.signature)).toBe(true)
    const z = (publicKey: Uint8Array) => keys.agree({ id: deviceId, usage: 'keyAgreement', publicKey })
    expect(macIsValid(native, z(farEnd.inventory.party(farEnd.accessControlBroker.id).keyAgreement), message)).toBe(
      true,
    )
    expect(macIsValid(native, z(keyAgreement), message)).toBe(false)
  })
  it('counts up, one sequence for each party', () => {
    const { farEnd } = farEndWith(() => ({ kind: 'timeout' }))
    expect([farEnd.supplier.build(read), farEnd.supplier.build(read)].map((c) => c.originatorCounter)).toEqual([
      1000n,
      1001n,
    ])
    expect(farEnd.networkOperator.build(read).originatorCounter).toBe(1000n)
  })
  it('can quote its counter', () => {
    const { farEnd } = farEndWith(() => ({ kind: 'timeout' }))
    const seen: bigint[] = []
    const command = farEnd.supplier.build((counter) => {
      seen.push(counter)
      return read
    })
    expect(seen).toEqual([command.originatorCounter])
  })
  it('is protected as its use case asks of that role on that device', () => {
    expect(protectionOf(CS02a, 'accessControlBroker', 'esme')).toBe('mac')
    expect(protectionOf(CS02a, 'transitionalCoS', 'esme')).toBe('signature')
    expect(protectionOf(CS02b_accessControlBrokerByACB, 'accessControlBroker', 'chf')).toBe('signatureAndMac')
    expect(protectionOf(CS02b_accessControlBrokerByACB, 'accessControlBroker', 'esme')).toBe('mac')
  })
  it('does not leave when the signature is another party’s', () => {
    const { farEnd } = farEndWith(() => ({ kind: 'timeout' }))
    const { octets } = farEnd.supplier.build(disable)
    const grouped = decodeMessage(octets).groupedOctets.slice()
    grouped[grouped.length - 1] = (grouped.at(-1) ?? 0) ^ 1
    expect(() => farEnd.accessControlBroker.protect(grouped)).toThrow(GbcsError)
    expect(farEnd.accessControlBroker.protect(decodeMessage(octets).groupedOctets)).toEqual(octets)
  })
  it('cannot be made for a device that nobody knows', () => {
    const { farEnd } = farEndWith(() => ({ kind: 'timeout' }))
    expect(() => farEnd.supplier.build(ECS52.command({ to: eui64('0253494d000000ff') }))).toThrow(/no device/)
  })
})

describe('a response', () => {
  it('is verified and read', async () => {
    const response = await answering().supplier.send(read)
    expect(response).toMatchObject({ ok: true, value: { firmwareVersion: version } })
    expect(response.items).toEqual([{ name: 'firmwareVersion', result: 0, value: version }])
  })
  it.each([
    ['another counter', { originatorCounter: 7n }, 'notAnAnswer'],
    ['another message code', { otherInformation: { messageCode: 0x0050 } }, 'notAnAnswer'],
    ['another device', { originator: eui64('0253494d000000a9') }, 'notAnAnswer'],
    ['another party', { target: standardSet.organisations[0]?.id as never }, 'notAnAnswer'],
    ['an alert', { kind: 'alert' as const }, 'notAnAnswer'],
  ])('of %s is none', async (_name, change, reason) => {
    await expect(answering(() => change).supplier.send(read)).rejects.toMatchObject({
      name: 'ResponseNotAuthentic',
      reason,
    })
  })
  it('with one wrong bit in its MAC is not authentic', async () => {
    const flip = (o: Uint8Array): Uint8Array =>
      Uint8Array.from(o, (octet, i) => (i === o.length - 1 ? octet ^ 1 : octet))
    await expect(answering(undefined, flip).supplier.send(read)).rejects.toMatchObject({ reason: 'badMac' })
  })
  it('of octets that are no message is none', async () => {
    const { farEnd } = farEndWith(() => Uint8Array.of(1, 2))
    await expect(farEnd.supplier.send(read)).rejects.toMatchObject({ reason: 'malformed' })
  })
  it('to a critical command is signed by the device, and by nobody else', async () => {
    const other = identityKeyStore(native, smki.device(eui64('0253494d000000a1')))
    const forged = farEndWith((command) => signed(responseTo(command, done(command)), other))
    await expect(forged.farEnd.supplier.send(disable)).rejects.toMatchObject({ reason: 'badSignature' })
    const macked = farEndWith((command) => macked.macked(responseTo(command, done(command))))
    await expect(macked.farEnd.supplier.send(disable)).rejects.toMatchObject({ reason: 'wrongProtection' })
  })
  it('that does not come, or that the device refuses, is an error that says so', async () => {
    const silent = farEndWith(() => ({ kind: 'timeout' }))
    await expect(silent.farEnd.supplier.send(read, { timeoutS: 30 })).rejects.toMatchObject({
      name: 'CommandTimedOut',
      reason: 'timeout',
      message: `timeout: no response to ECS52 from ${deviceId} within 30 s`,
    })
    const refusing = farEndWith(() => ({ kind: 'discarded', reason: 'replayed', detail: 'counter 3' }))
    const error: unknown = await refusing.farEnd.supplier.send(read).catch((e: unknown) => e)
    expect((error as CommandRefused).reason).toBe('replayed')
    expect((error as CommandRefused).detail).toContain('counter 3')
  })
})

describe('a party that the device does not know', () => {
  it('is answered through the broker, and alone can open the answer', async () => {
    const range = { from: 0, to: 100 }
    const played = farEndWith((command) => {
      const info = command.otherInformation
      const reader = info.supplementaryRemotePartyId as NonNullable<typeof info.supplementaryRemotePartyId>
      const own = 2001n
      const { octets, transactionId } = played.sealed(
        reader,
        own,
        encodeProtectedValues([dailyReadLog.buffer.schema.encode([])]),
      )
      const data = encodeProtectedResponse({
        parameters: { transactionId, originator: deviceId, recipient: reader },
        sealed: octets,
      })
      const content = encodeAccessResponse({
        invokeIdAndPriority: 0x20000000 + Number(command.originatorCounter & 0xffffffn),
        results: [{ kind: 'action', result: accessResult.success, data }],
      })
      const { supplementaryCertificate: _, ...echoed } = info
      return played.macked(
        responseTo(command, content, { otherInformation: { ...echoed, supplementaryOriginatorCounter: own } }),
      )
    })
    const { farEnd, sent } = played
    const stranger = farEnd.addSupplier(eui64('0253494d00000011'))
    const request = ECS21a.command({ to: deviceId, entries: range })
    const response = await farEnd.accessControlBroker.sendFor(stranger, request)
    expect(response.value).toEqual({ dailyReadLog: [] })
    const { originator, otherInformation } = decodeMessage(sent[0] as Uint8Array)
    expect(originator).toBe(farEnd.accessControlBroker.id)
    expect(otherInformation).toMatchObject({
      supplementaryRemotePartyId: stranger.id,
      supplementaryRemotePartyCounter: 1000n,
      supplementaryCertificate: stranger.identity.certificates.keyAgreement,
    })
    const command = farEnd.accessControlBroker.buildFor(stranger, request, { originatorCounter: 1000n })
    const octets = await farEnd.accessControlBroker.exchange(command)
    expect(() => farEnd.accessControlBroker.read(command, octets)).toThrow(/not authentic/)
  })
})

describe('an alert', () => {
  const { farEnd, macked } = farEndWith(() => ({ kind: 'timeout' }))
  const { supplier } = farEnd
  const body = (code: number): MessageBody => ({
    kind: 'alert',
    originatorCounter: 5n,
    originator: deviceId,
    target: supplier.id,
    otherInformation: { messageCode: code >= 0x8f00 ? 0x1000 : 0x1001 },
    content: encodeGbzAlert({ alertCode: code, time: 77 }),
  })
  const { code, title } = alerts.supplyArmed
  it('reaches the party that it is for, explained, if the device signed it', () => {
    const heard: string[] = []
    const stop = supplier.onAlert(({ name }) => heard.push(name))
    farEnd.accept(signed(body(code)))
    stop()
    expect(supplier.alerts).toMatchObject([
      { from: deviceId, code, name: 'supplyArmed', title, time: 77, originatorCounter: 5n },
    ])
    expect(heard).toEqual(['supplyArmed'])
    expect(farEnd.networkOperator.alerts).toEqual([])
    expect(supplier.takeAlert(({ name }) => name === 'supplyEnabled')).toBeUndefined()
    expect([supplier.takeAlert()?.name, supplier.takeAlert()]).toEqual(['supplyArmed', undefined])
  })
  it('that is not critical carries a MAC', () => {
    farEnd.accept(macked(body(alerts.creditAddedLocally.code)))
    expect(supplier.alerts.at(-1)?.name).toBe('creditAddedLocally')
  })
  it('that is forged, unprotected, unreadable or of a stranger is kept apart', () => {
    const before = supplier.alerts.length
    const wrong = [
      signed({ ...body(code), originator: eui64('0253494d000000a9') }),
      signed(body(code), supplier.keys),
      macked(body(code), farEnd.networkOperator.id),
      signed({ ...body(code), content: Uint8Array.of(1, 9) }),
    ]
    for (const octets of wrong) farEnd.accept(octets)
    expect(supplier.rejected).toHaveLength(wrong.length)
    expect(supplier.alerts).toHaveLength(before)
  })
  it('for nobody, or what is no message, leads nowhere', () => {
    farEnd.accept(signed({ ...body(code), target: eui64('0253494d000000fe') }))
    farEnd.accept(Uint8Array.of(0xdd))
    expect(supplier.rejected).toHaveLength(4)
  })
})

describe('a top-up', () => {
  const { farEnd } = farEndWith(() => ({ kind: 'timeout' }))
  const { supplier } = farEnd
  it('is a token that the meter can verify, and a command with the counter of its own sequence', () => {
    const first = supplier.issueTopUp({ to: deviceId, pence: 1250 })
    const second = supplier.issueTopUp({ to: deviceId, pence: 1250 })
    expect([first, second].map((one) => one.originatorCounter)).toEqual([1n << 32n, 2n << 32n])
    expect(first.utrn).not.toBe(second.utrn)
    const ptut = decodeUtrn(first.utrn)
    expect(ptut).toMatchObject({ value: 1250, valueClass: 'pence' })
    const z = topUpKeyStore(native, supplier.identity).agree({
      id: deviceId,
      usage: 'keyAgreement',
      publicKey: farEnd.inventory.device(deviceId).keyAgreement,
    })
    const context = { supplier: supplier.id, device: deviceId, utrnCounter: 1 }
    expect(ptutMacIsValid(native, z, context, ptut)).toBe(true)
    expect(ptutMacIsValid(native, z, { ...context, utrnCounter: 2 }, ptut)).toBe(false)
    const { octets, request } = supplier.build(first.request, first)
    expect(request.useCase.name).toBe(CS01a.name)
    expect(decodeMessage(octets).originatorCounter).toBe(1n << 32n)
    expect(supplier.counter).toBe(999n)
  })
  it('of an amount that no token carries is refused', () => {
    expect(() => supplier.issueTopUp({ to: deviceId, pence: 8192 + 1 })).toThrow(GbcsError)
  })
})
