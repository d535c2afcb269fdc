import { toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { toGeneralizedTime, CS06, CS08, ECS52 } from '@smets2-sim/gbcs'
import { firmwareImage, firmwareVersion } from '@smets2-sim/firmware'
import type { RemoteParty } from '@smets2-sim/parties'
import { describe, expect, it } from 'vitest'
import { firmwareImageFor, home, type Home, replay } from './index.js'

type Kind = 'esme' | 'gsme' | 'ppmid' | 'hcalcs'
const VERSION = 0x01020304
const manufacturerImage = Uint8Array.from({ length: 500 }, (_, i) => (i * 7) & 0xff)
const hash = native.sha256(manufacturerImage)

const homeOf = (network: 'direct' | 'han', seed = 7) =>
  home({ seed, now: '2026-01-01T00:00:00Z', network }).electricity().gas().ppmid().hcalcs().commission()
const imageFor = (h: Home, kind: Kind | 'chf', signer: RemoteParty = h.supplier): Uint8Array =>
  firmwareImageFor(h[kind], signer, VERSION, manufacturerImage)
const versionOf = (h: Home, kind: Kind | 'chf'): string => toHex(h[kind].device.items.read(firmwareVersion))
const holds = (h: Home, kind: Kind): boolean => h[kind].device.items.read(firmwareImage) !== undefined

const activate = (h: Home, kind: Kind, at?: number, manufacturerImageHash = hash) =>
  h.supplier.send((originatorCounter) =>
    CS06.command({
      to: h[kind].id,
      value: {
        manufacturerImageHash,
        originatorCounter,
        ...(at !== undefined && { executionDateTime: toGeneralizedTime(at) }),
      },
    }),
  )
/** Who tells that an image has come, and how. */
const receipt = (h: Home, kind: Kind) =>
  kind === 'esme' || kind === 'gsme'
    ? h.nextAlert(h.supplier, ({ name, from }) => from === h[kind].id && name === 'firmwareVerificationSuccessful')
    : h.nextAlert(h.accessControlBroker, ({ name, from }) => from === h.chf.id && name === 'firmwareTransferSucceeded')

describe.each(['direct', 'han'] as const)('firmware over a home area network: %s', (network) => {
  it.each(['esme', 'gsme', 'hcalcs'] as const)('comes to the %s, which tells, and is activated now', async (kind) => {
    await using h = await homeOf(network)
    h.distributeFirmware(kind, imageFor(h, kind))
    await receipt(h, kind)
    expect([holds(h, kind), versionOf(h, kind)]).toEqual([true, '00000000'])
    const { value } = await activate(h, kind)
    expect(value).toMatchObject({ kind: 'executed', value: { activateImageResponseCode: 0 } })
    expect(versionOf(h, kind)).toBe('01020304')
  })
  it('comes to the payment display, which activates it by itself and tells its version', async () => {
    await using h = await homeOf(network)
    h.distributeFirmware('ppmid', imageFor(h, 'ppmid'))
    await receipt(h, 'ppmid')
    await h.nextAlert(h.accessControlBroker, ({ name, from }) => name === 'firmwareVersionRead' && from === h.ppmid.id)
    const { value } = await h.accessControlBroker.send(CS08.command({ to: h.ppmid, value: null }))
    expect(toHex(value.firmwareVersion)).toBe('01020304')
  })
  it('is activated at its date, and not for a wrong hash', async () => {
    await using h = await homeOf(network)
    h.distributeFirmware('esme', imageFor(h, 'esme'))
    await receipt(h, 'esme')
    const wrong = await activate(
      h,
      'esme',
      undefined,
      hash.map((octet) => octet ^ 1),
    )
    expect(wrong.value).toMatchObject({ value: { activateImageResponseCode: 2 } })
    const at = h.now + 7200
    expect((await activate(h, 'esme', at)).value).toMatchObject({ kind: 'pending' })
    expect(versionOf(h, 'esme')).toBe('00000000')
    const { executed } = await h.nextAlert(h.supplier, (alert) => alert.executed?.useCase === 'CS06')
    expect(executed).toBeDefined()
    expect(h.now).toBeGreaterThanOrEqual(at)
    const { value } = await h.accessControlBroker.send(ECS52.command({ to: h.esme }))
    expect(value).toBeDefined()
    expect(versionOf(h, 'esme')).toBe('01020304')
  })
  it('that somebody else has signed is refused, with an alert of the meter, and of the hub for a load switch', async () => {
    await using h = await homeOf(network)
    for (const kind of ['esme', 'hcalcs'] as const) h.distributeFirmware(kind, imageFor(h, kind, h.networkOperator))
    await h.nextAlert(h.supplier, ({ name, from }) => name === 'firmwareVerificationFailed' && from === h.esme.id)
    await h.nextAlert(h.accessControlBroker, ({ name }) => name === 'firmwareTransferFailed')
    expect([holds(h, 'esme'), holds(h, 'hcalcs')]).toEqual([false, false])
  })
  it('waits for a device out of reach', async () => {
    await using h = await homeOf(network)
    h.setReachable('hcalcs', false)
    h.distributeFirmware('hcalcs', imageFor(h, 'hcalcs'))
    await h.advance('10m')
    expect(holds(h, 'hcalcs')).toBe(false)
    h.setReachable('hcalcs', true)
    await receipt(h, 'hcalcs')
    expect(holds(h, 'hcalcs')).toBe(true)
  })
  it('is an input: a replay sends the same octets', async () => {
    await using h = await homeOf(network)
    h.distributeFirmware('esme', imageFor(h, 'esme'))
    await receipt(h, 'esme')
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
  it('is refused by the hub where it is none, and for a device that gets none from it', async () => {
    await using h = await homeOf(network)
    expect(() => h.distributeFirmware('esme', manufacturerImage)).toThrow(/OTA magic number/)
    expect(() => h.distributeFirmware('gpf', imageFor(h, 'esme'))).toThrow(/no way/)
  })
})

it('of the hub itself is signed by the provider of its network, and there at once', async () => {
  await using h = await homeOf('direct')
  h.distributeFirmware('chf', imageFor(h, 'chf'))
  expect(h.chf.device.items.read(firmwareImage)).toBeUndefined()
  h.distributeFirmware('chf', imageFor(h, 'chf', h.wanProvider))
  expect(h.chf.device.items.read(firmwareImage)?.manufacturerImageHash).toEqual(hash)
})

describe('a transfer in blocks', () => {
  it('is made good where frames are lost, and goes on where the link was gone in between', async () => {
    await using h = await homeOf('han')
    h.premises.input({ kind: 'link', device: 'esme', conditions: { loss: 0.3 } })
    const frames: number[] = []
    h.premises.network.onFrame?.((octets) => void frames.push(octets.length))
    h.distributeFirmware('esme', imageFor(h, 'esme'))
    await h.premises.world.until(() => frames.length > 12, h.premises.world.nowMs + 60_000)
    h.setReachable('esme', false)
    await h.advance('5m')
    expect(holds(h, 'esme')).toBe(false)
    h.setReachable('esme', true)
    await receipt(h, 'esme')
    expect(h.esme.device.items.read(firmwareImage)?.octets).toEqual(manufacturerImage)
  })
})
