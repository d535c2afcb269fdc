import { GbcsError, toHex } from '@smets2-sim/bytes'
import { decodeDataNotification, type UtcSeconds } from '@smets2-sim/cosem'
import { native } from '@smets2-sim/crypto'
import {
  activateAlert,
  alertOf,
  alerts,
  CANCEL_TIME,
  CS06,
  CS08,
  type DecodedMessage,
  decodeAsn1,
  decodeMessage,
  type DeviceKind,
  toGeneralizedTime,
  versionAlert,
} from '@smets2-sim/gbcs'
import { decodeOtaImage, encodeOtaImage, type OtaImage } from '@smets2-sim/zcl'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Device } from '../device.js'
import { mermaid } from '../machine/machine.js'
import { command, deviceId, memoryStore, type TestBench } from '../testing/bench.fixture.js'
import type { CertifiedParty } from '../testing/certificates.fixture.js'
import { first, securityBench } from '../testing/orders.fixture.js'
import { firmwareImage, firmwareVersion, runningImage, verifyFirmwareAtPowerOn } from './image.js'
import { firmwareImageMachine, firmwareImageState } from './image-state.js'
import { upgradeImageOf } from './ota-image.js'
import { imageBlock, imageOffered, type Reception, receptionAborted, resumeReception } from './reception.js'
import type { ImageOffer } from './transfer.js'

const manufacturerImage = Uint8Array.from({ length: 200 }, (_, i) => i)
const otherImage = manufacturerImage.map((octet) => octet ^ 0xff)
const hash = native.sha256(manufacturerImage)
const signed = (by: CertifiedParty = first.supplier, image = manufacturerImage): Uint8Array =>
  upgradeImageOf(image, native.sign(by.sign, image))
const image = (change: Partial<OtaImage> = {}): OtaImage => ({
  manufacturerCode: 0x1001,
  imageType: 0,
  fileVersion: 0x01020304,
  minimumHardwareVersion: 1,
  maximumHardwareVersion: 2,
  upgradeImage: signed(),
  ...change,
})
const octetsOf = (change: Partial<OtaImage> = {}): Uint8Array => encodeOtaImage(image(change))
const offerOf = (octets: Uint8Array, change: Partial<ImageOffer> = {}): ImageOffer => ({
  manufacturerCode: 0x1001,
  imageType: 0,
  fileVersion: 0x01020304,
  size: octets.length,
  ...change,
})

/** Plays the hub: gives the device what it asks for, up to `blocks` blocks. */
function transferTo(device: Device, octets: Uint8Array, offer = offerOf(octets), blocks = Infinity): Reception {
  let reception = imageOffered(device, offer)
  for (let n = 0; reception.kind === 'next' && n < blocks; n++) {
    const { offset, length } = reception
    reception = imageBlock(device, offset, octets.subarray(offset, offset + length))
  }
  return reception
}
const benchOf = (kind: DeviceKind = 'esme', ports = {}): TestBench => securityBench({ kind }, ports)
const codes = ({ device }: TestBench): string[] =>
  [...device.log('securityLog.buffer').entries()].map(({ code }: { code: number }) => alertOf(code)?.name ?? '')
const version = ({ device }: TestBench): string => toHex(device.items.read(firmwareVersion))
/** What the meter says it has verified. */
const hashIn = ({ content }: DecodedMessage): string => {
  const { body } = decodeDataNotification(content)
  const octets = body.type === 'structure' ? body.items[2] : undefined
  return octets?.type === 'octetString' ? toHex(octets.bytes) : ''
}

describe('an OTA image', () => {
  it('is decoded to what it was encoded from', () => {
    const one = image()
    expect(decodeOtaImage(encodeOtaImage(one))).toEqual(one)
    expect(toHex(encodeOtaImage(one)).slice(0, 8)).toBe('1ef1ee0b')
  })
  it('is refused where any fixed field is another, and where it is cut', () => {
    const octets = octetsOf()
    for (const at of [0, 4, 6, 8, 18, 52])
      expect(() => decodeOtaImage(octets.map((octet, i) => (i === at ? octet ^ 1 : octet)))).toThrow(GbcsError)
    for (let length = 0; length < octets.length; length += 7)
      expect(() => decodeOtaImage(octets.subarray(0, length))).toThrow(GbcsError)
  })
  it('of any octets is an image or an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        try {
          expect(encodeOtaImage(decodeOtaImage(octets))).toEqual(octets)
        } catch (error) {
          expect(error).toBeInstanceOf(GbcsError)
        }
      }),
    )
  })
})

describe('an image that arrives', () => {
  it('is verified, held and told of by its hash', () => {
    const bench = benchOf()
    expect(transferTo(bench.device, octetsOf())).toEqual({ kind: 'held' })
    expect(bench.device.items.read(firmwareImage)?.manufacturerImageHash).toEqual(hash)
    expect(codes(bench)).toEqual(['firmwareVerificationSuccessful'])
    expect(bench.sent.map(hashIn)).toEqual([toHex(hash)])
    expect(version(bench)).toBe('00000000')
  })
  const wrong: Readonly<Record<string, [Partial<OtaImage>, Reception['kind']]>> = {
    'signed by another party': [{ upgradeImage: signed(first.networkOperator) }, 'refused'],
    'signed over another image': [
      { upgradeImage: upgradeImageOf(otherImage, native.sign(first.supplier.sign, manufacturerImage)) },
      'refused',
    ],
    'without a signature': [{ upgradeImage: manufacturerImage }, 'refused'],
    'of a signature alone': [{ upgradeImage: upgradeImageOf(new Uint8Array(0), new Uint8Array(64)) }, 'refused'],
    'for later hardware': [{ minimumHardwareVersion: 2 }, 'wrongHardware'],
    'for earlier hardware': [{ minimumHardwareVersion: 0, maximumHardwareVersion: 0 }, 'wrongHardware'],
  }
  it.each(Object.entries(wrong))('%s is not held', (_name, [change, kind]) => {
    const bench = benchOf()
    expect(transferTo(bench.device, octetsOf(change)).kind).toBe(kind)
    expect(firmwareImageState(bench.device)).toBe('none')
    expect(codes(bench)).toEqual(kind === 'refused' ? ['firmwareVerificationFailed'] : [])
  })
  it('without a header is refused, with an alert about what came', () => {
    const bench = benchOf()
    expect(transferTo(bench.device, otherImage).kind).toBe('refused')
    expect(bench.sent.map(hashIn)).toEqual([toHex(native.sha256(otherImage))])
  })
  it('of a hub is signed by the provider of its wide area network', () => {
    const cells = [...securityBench().device.anchors.cells, { role: 'wanProvider', usage: 'digitalSignature' } as const]
    const hub = () => securityBench({ kind: 'chf', cells })
    expect(transferTo(hub().device, octetsOf({ upgradeImage: signed(first.wanProvider) })).kind).toBe('held')
    expect(transferTo(hub().device, octetsOf()).kind).toBe('refused')
  })
  it('for another maker, another type, or too large, is not wanted; nor one that is there', () => {
    const bench = benchOf()
    const octets = octetsOf()
    for (const change of [{ manufacturerCode: 2 }, { imageType: 2 }, { size: 2 ** 21 }])
      expect(imageOffered(bench.device, offerOf(octets, change))).toEqual({ kind: 'notWanted' })
    transferTo(bench.device, octets)
    expect(imageOffered(bench.device, offerOf(octets))).toEqual({ kind: 'notWanted' })
    expect(imageBlock(bench.device, 0, octets)).toEqual({ kind: 'notWanted' })
  })
  it('goes on after an interruption, a power cycle included', () => {
    const store = memoryStore()
    const bench = benchOf('esme', { store })
    const octets = octetsOf()
    expect(transferTo(bench.device, octets, offerOf(octets), 2)).toEqual({ kind: 'next', offset: 128, length: 64 })
    bench.device.save()
    const again = new Device(bench.device.profile, deviceId, bench.device.ports)
    expect(resumeReception(again)).toEqual({ kind: 'next', offset: 128, length: 64 })
    expect(transferTo(again, octets)).toEqual({ kind: 'held' })
  })
  it('starts anew as another image, and ends when the hub withdraws it', () => {
    const bench = benchOf()
    const octets = octetsOf()
    transferTo(bench.device, octets, offerOf(octets), 2)
    expect(imageOffered(bench.device, offerOf(octets, { fileVersion: 9 }))).toMatchObject({ offset: 0 })
    receptionAborted(bench.device)
    expect(resumeReception(bench.device)).toBeUndefined()
    receptionAborted(bench.device)
    expect(firmwareImageState(bench.device)).toBe('none')
  })
  it('is the same whatever is repeated, reordered or cut on its way', () => {
    const octets = octetsOf()
    const step = fc.record({
      offset: fc.integer({ min: 0, max: octets.length }),
      length: fc.integer({ min: 0, max: 100 }),
      asked: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const bench = benchOf()
        let reception = imageOffered(bench.device, offerOf(octets))
        for (const { offset, length, asked } of steps) {
          if (reception.kind !== 'next') break
          const from: number = asked ? reception.offset : offset
          reception = imageBlock(bench.device, from, octets.subarray(from, from + length))
        }
        if (reception.kind === 'next') reception = transferTo(bench.device, octets)
        expect(reception).toEqual({ kind: 'held' })
        expect(bench.device.items.read(firmwareImage)?.octets).toEqual(manufacturerImage)
      }),
      { numRuns: 50 },
    )
  })
  it('leaves the states of its table by its table only', () => {
    const act = fc.constantFrom('offered', 'other', 'block', 'whole', 'withdrawn', 'activated')
    const octets = octetsOf()
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), (acts) => {
        const bench = benchOf()
        let counter = 0n
        for (const one of acts) {
          const before = firmwareImageState(bench.device)
          if (one === 'offered') imageOffered(bench.device, offerOf(octets))
          if (one === 'other') imageOffered(bench.device, offerOf(octets, { fileVersion: 5 }))
          if (one === 'block') imageBlock(bench.device, 0, octets.subarray(0, 10))
          if (one === 'whole') transferTo(bench.device, octets)
          if (one === 'withdrawn') receptionAborted(bench.device)
          if (one === 'activated') activate(bench, { counter: ++counter })
          const after = firmwareImageState(bench.device)
          // a whole transfer is several steps
          const reachable =
            one === 'whole' ? ['held', 'none', before] : [before, ...Object.values(firmwareImageMachine.table[before])]
          expect(reachable).toContain(after)
        }
      }),
      { numRuns: 60 },
    )
  })
})

interface Order {
  readonly counter?: bigint
  readonly hash?: Uint8Array
  readonly at?: UtcSeconds | typeof CANCEL_TIME
  readonly quoted?: bigint
}
/** CS06: its result and the version after it, `pending`, or why it was refused. */
function activate(
  bench: TestBench,
  { counter = 1000n, hash: manufacturerImageHash = hash, at, quoted = counter }: Order = {},
): string {
  const value = {
    manufacturerImageHash,
    originatorCounter: quoted,
    ...(at !== undefined && { executionDateTime: typeof at === 'string' ? at : toGeneralizedTime(at) }),
  }
  const from = bench.device.kind === 'chf' ? first.wanProvider : first.supplier
  const request = CS06.command({ to: deviceId, value })
  const outcome = bench.device.receive(command(request, { from, counter, macBy: first.accessControlBroker }))
  if (outcome.kind === 'discarded') return outcome.reason
  const context = { originatorCounter: counter, originator: from.id, target: deviceId }
  const answer = request.read(decodeMessage(outcome.response).content, context, () => undefined).value
  if (answer.kind === 'pending') return 'pending'
  const { activateImageResponseCode: code, firmwareVersion: now } = answer.value as {
    activateImageResponseCode: number
    firmwareVersion: Uint8Array
  }
  return `${code} ${toHex(now)}`
}
const withImage = (kind: DeviceKind = 'esme', ports = {}): TestBench => {
  const bench = benchOf(kind, ports)
  transferTo(bench.device, octetsOf())
  bench.sent.length = 0
  return bench
}

describe('an image that is held', () => {
  const start = 500_000_000
  const tickAt = (bench: TestBench, time: UtcSeconds): void => {
    bench.clock.time = time
    bench.device.tick()
  }
  it('is activated by the order with its hash, once', () => {
    const bench = withImage()
    expect(activate(bench)).toBe('0 01020304')
    expect(codes(bench).at(-1)).toBe('changeInTheExecutingFirmwareVersion')
    expect(activate(bench, { counter: 1001n })).toBe('1 01020304')
  })
  it('is not activated by another hash, nor where there is none, nor when it was damaged, nor when that fails', () => {
    expect(activate(withImage(), { hash: native.sha256(otherImage) })).toBe('2 00000000')
    expect(activate(benchOf())).toBe('1 00000000')
    const damaged = withImage()
    damaged.device.items.update(firmwareImage, (held) => held && { ...held, octets: otherImage })
    expect(activate(damaged)).toBe('2 00000000')
    const failing = withImage()
    failing.device.faults.inject('asn1 CS06', 3)
    expect(activate(failing)).toBe('3 00000000')
    expect(version(failing)).toBe('00000000')
  })
  it('is not activated by an order that quotes another counter', () => {
    expect(activate(withImage(), { quoted: 5n })).toBe('malformedPayload')
  })
  it('is activated at a date, and that is told', () => {
    const bench = withImage()
    expect(activate(bench, { at: start + 60 })).toBe('pending')
    tickAt(bench, start + 59)
    expect(version(bench)).toBe('00000000')
    tickAt(bench, start + 60)
    expect(version(bench)).toBe('01020304')
    const [alert] = bench.sent
    expect(alert).toMatchObject({ target: first.supplier.id, otherInformation: { messageCode: 0x00ca } })
    expect(decodeAsn1(activateAlert, alert?.content ?? new Uint8Array(0)).value).toMatchObject({
      alertCode: alerts.futureDateHanInterfaceCommandSuccessfullyActioned.code,
      originatorCounter: 1000n,
      executionOutcome: { activateImageResponseCode: 0 },
    })
  })
  it('is not activated at a date that was called off, or moved', () => {
    const bench = withImage()
    activate(bench, { counter: 1n, at: start + 60 })
    expect(activate(bench, { counter: 2n, at: CANCEL_TIME })).toBe('pending')
    expect(bench.device.nextDue()).toBeUndefined()
    activate(bench, { counter: 3n, at: start + 60 })
    activate(bench, { counter: 4n, at: start + 90 })
    tickAt(bench, start + 60)
    expect(version(bench)).toBe('00000000')
    tickAt(bench, start + 90)
    expect(version(bench)).toBe('01020304')
  })
  it('is activated now by an emergency order, which overtakes the dated one', () => {
    const bench = withImage()
    activate(bench, { counter: 1n, at: start + 60 })
    expect(activate(bench, { counter: 2n })).toBe('0 01020304')
    expect(bench.device.nextDue()).toBeUndefined()
    tickAt(bench, start + 60)
    expect(bench.sent.filter(({ otherInformation }) => otherInformation.messageCode === 0x00ca)).toEqual([])
  })
  it('that is gone at its date is told as a failure', () => {
    const bench = withImage()
    activate(bench, { at: start + 60 })
    bench.device.items.reset(firmwareImage)
    tickAt(bench, start + 60)
    expect(decodeAsn1(activateAlert, bench.sent[0]?.content ?? new Uint8Array(0)).value).toMatchObject({
      alertCode: alerts.futureDateHanInterfaceCommandNotSuccessfullyActioned.code,
      executionOutcome: { activateImageResponseCode: 1 },
    })
  })
  it('survives a power cycle, and so does the date', () => {
    const store = memoryStore()
    const bench = withImage('esme', { store })
    activate(bench, { at: start + 60 })
    const device = new Device(bench.device.profile, deviceId, bench.device.ports)
    tickAt({ ...bench, device }, start + 60)
    expect(version({ ...bench, device })).toBe('01020304')
  })
})

describe('the firmware that runs', () => {
  it('is what was activated, as far as a device can tell when it is switched on', () => {
    const bench = withImage()
    expect(verifyFirmwareAtPowerOn(bench.device)).toBe(true)
    activate(bench)
    expect(verifyFirmwareAtPowerOn(bench.device)).toBe(true)
    expect(codes(bench)).not.toContain('firmwareVerificationFailedAtPowerOn')
    bench.device.items.update(runningImage, (running) => running && { ...running, octets: otherImage })
    expect(verifyFirmwareAtPowerOn(bench.device)).toBe(false)
    expect(codes(bench)).toContain('firmwareVerificationFailedAtPowerOn')
  })
  it('of a load switch is read by CS08, and told after its activation: CS09', () => {
    const bench = withImage('hcalcs')
    expect(activate(bench)).toBe('0 01020304')
    const [alert] = bench.sent.filter(({ otherInformation }) => otherInformation.messageCode === 0x012b)
    expect(decodeAsn1(versionAlert, alert?.content ?? new Uint8Array(0)).value).toMatchObject({
      alertCode: 0x8f8b,
      status: 0,
    })
    const request = CS08.command({ to: deviceId, value: null })
    const outcome = bench.device.receive(
      command(request, { from: first.accessControlBroker, counter: 1n, macBy: first.accessControlBroker }),
    )
    const { content } = decodeMessage(outcome.kind === 'responded' ? outcome.response : new Uint8Array(0))
    const context = { originatorCounter: 1n, originator: first.accessControlBroker.id, target: deviceId }
    expect(
      toHex((request.read(content, context, () => undefined).value as { firmwareVersion: Uint8Array }).firmwareVersion),
    ).toBe('01020304')
  })
  it('of a display is activated by itself, and told, failures too', () => {
    const bench = benchOf('ppmid')
    expect(transferTo(bench.device, octetsOf())).toEqual({ kind: 'activated' })
    expect(version(bench)).toBe('01020304')
    const failing = benchOf('ppmid')
    failing.device.faults.inject('asn1 CS06', 3)
    transferTo(failing.device, octetsOf())
    const statuses = [bench, failing].map(({ sent }) => {
      const alert = sent.find(({ otherInformation }) => otherInformation.messageCode === 0x012b)
      return decodeAsn1(versionAlert, alert?.content ?? new Uint8Array(0)).value.status
    })
    expect(statuses).toEqual([0, 1])
  })
})

it('draws the machine in the README as its table is', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  expect(readme).toContain(`\`\`\`mermaid\n${mermaid(firmwareImageMachine, 'none')}\n\`\`\``)
})
