import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import {
  decodeOtaImage,
  decodeUpgradeImage,
  encodeOtaImage,
  encodeUpgradeImage,
  OTA_HEADER_OCTETS,
  type OtaImage,
} from '@smets2-sim/zcl'
import type { Firmware } from '../device-stack.js'
import { HUB, message, testHome } from '../home.fixture.js'
import { deviceType } from '../joining/device-type.js'

const MINUTE = 60_000
const image = (octets: number, change: Partial<OtaImage> = {}): Uint8Array =>
  encodeOtaImage({
    manufacturerCode: 0x10e0,
    imageType: 7,
    fileVersion: 2,
    minimumHardwareVersion: 1,
    maximumHardwareVersion: 9,
    upgradeImage: message(octets),
    ...change,
  })

describe('images', () => {
  it('have a head of 60 octets with all fields in their places', () => {
    const bytes = image(100)
    expect(toHex(bytes.subarray(0, 20))).toBe(
      '1ef1ee0b' + '0001' + '3c00' + '0400' + 'e010' + '0700' + '02000000' + '0200',
    )
    expect(toHex(bytes.subarray(52, 60))).toBe('a0000000' + '0100' + '0900')
    expect(decodeOtaImage(bytes)).toMatchObject({ manufacturerCode: 0x10e0, imageType: 7, fileVersion: 2 })
  })
  it('of any octets are an image that encodes back to them, or a GbcsError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(70), fc.nat(255), (rest, at, octet) => {
        const bytes = image(rest.length, { upgradeImage: rest })
        if (at < bytes.length) bytes[at] = octet
        try {
          expect(toHex(encodeOtaImage(decodeOtaImage(bytes)))).toBe(toHex(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(GbcsError)
        }
      }),
    )
    expect(() => decodeOtaImage(image(5).subarray(0, OTA_HEADER_OCTETS + 4))).toThrowError(/image size/)
  })
  it('hold the image of the maker and a signature', () => {
    const upgrade = { manufacturerImage: message(300), forceReplace: false, signature: message(64, 3) }
    const bytes = encodeUpgradeImage(upgrade)
    expect(toHex(bytes.subarray(300, 302))).toBe('0040')
    expect(decodeUpgradeImage(bytes)).toEqual(upgrade)
    expect(() => decodeUpgradeImage(fromHex('0040'))).toThrowError(GbcsError)
    expect(() => encodeUpgradeImage({ ...upgrade, signature: message(63) })).toThrowError(/64 octets/)
  })
})

function downloading(
  type: number = deviceType.esme,
  sleepy = false,
  verify: Firmware['verify'] = () => true,
  link = {},
) {
  const world = testHome({ link })
  const taken: string[] = []
  const device = world.add(
    2,
    type,
    {
      firmware: {
        running: () => ({ manufacturerCode: 0x10e0, imageType: 7, fileVersion: 1 }),
        hardwareVersion: 1,
        verify: (bytes) => {
          taken.push(toHex(bytes))
          return verify(bytes)
        },
      },
    },
    sleepy,
  )
  world.time.until(() => device.device.state === 'joined', 60 * MINUTE)
  world.time.advance(MINUTE)
  return { ...world, device, taken }
}
const expectedId = { manufacturerCode: 0x10e0, imageType: 7, fileVersion: 2 }

describe('an image for a device', () => {
  it('is fetched block by block when the hub tells of it, also over a link that loses 20 %', () => {
    const { time, hub, events, device, taken } = downloading(deviceType.esme, false, () => true, { loss: 0.2 })
    const bytes = image(5000)
    expect(hub.offerImage(device.id, bytes)).toEqual(expectedId)
    expect(time.until(() => taken.length > 0, 60 * MINUTE)).toBe(true)
    expect(taken).toEqual([toHex(bytes)])
    time.advance(MINUTE)
    expect(events).toContainEqual({ kind: 'imageTaken', device: device.id, image: expectedId, status: 0 })
  })

  it('is fetched by a gas meter at its next wake', () => {
    const { time, hub, events, device, taken } = downloading(deviceType.gsme, true)
    hub.offerImage(device.id, image(3000))
    time.advance(10 * MINUTE)
    expect(taken).toEqual([])
    expect(time.until(() => taken.length > 0, 25 * MINUTE)).toBe(true)
    time.advance(MINUTE)
    expect(events.some(({ kind }) => kind === 'imageTaken')).toBe(true)
    expect(device.device.node.sleep.awake).toBe(false)
    expect(hub.mirror.flags(0)).toBe(0)
  })

  it('goes on where it was interrupted', () => {
    const { time, air, hub, device, taken } = downloading()
    const bytes = image(6000)
    hub.offerImage(device.id, bytes)
    time.until(() => device.device.imageProgress.octets > 4000, 10 * MINUTE)
    air.link(HUB, device.id, { reachable: false })
    time.advance(5 * MINUTE)
    const reached = device.device.imageProgress.octets
    expect(reached).toBeGreaterThan(4000)
    expect(taken).toEqual([])
    let frames = 0
    air.link(HUB, device.id, { reachable: true })
    air.onFrame(() => frames++)
    expect(time.until(() => taken.length > 0, 10 * MINUTE)).toBe(true)
    expect(taken).toEqual([toHex(bytes)])
    expect(frames).toBeLessThan((10 * (6060 - reached)) / 46 + 60) // eight a block; not one block twice
  })

  it('begins anew when another image takes its place', () => {
    const { time, hub, device, taken } = downloading()
    hub.offerImage(device.id, image(6000))
    time.until(() => device.device.imageProgress.octets > 2000, 10 * MINUTE)
    const other = image(2500, { fileVersion: 3 })
    hub.offerImage(device.id, other)
    time.until(() => taken.length > 0, 10 * MINUTE)
    expect(taken).toEqual([toHex(other)])
  })

  it('that the device cannot use is refused, and the hub hears why', () => {
    const { time, hub, events, device } = downloading(deviceType.esme, false, () => false)
    hub.offerImage(device.id, image(500))
    time.advance(5 * MINUTE)
    expect(events).toContainEqual({ kind: 'imageTaken', device: device.id, image: expectedId, status: 0x96 })
  })

  it.each([
    ['of another maker', { manufacturerCode: 0x1234 }],
    ['of another type', { imageType: 8 }],
    ['that runs already', { fileVersion: 1 }],
  ])('%s is left alone', (_name, change) => {
    const { time, hub, device, taken, events } = downloading()
    hub.offerImage(device.id, image(500, change))
    time.advance(5 * MINUTE)
    expect(taken).toEqual([])
    expect(events.some(({ kind }) => kind === 'imageTaken')).toBe(false)
  })

  it('must be an image', () => {
    const { hub, device } = downloading()
    expect(() => hub.offerImage(device.id, message(100))).toThrowError(GbcsError)
  })
})
