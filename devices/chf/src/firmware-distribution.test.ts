import { type Eui64, eui64, eui64Bytes, GbcsError } from '@smets2-sim/bytes'
import { upgradeImageOf } from '@smets2-sim/firmware'
import { CCS01, decodeAsn1, transferAlert } from '@smets2-sim/gbcs'
import { encodeOtaImage, type OtaImage } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { hubDeviceType } from './device-log/hub-log.js'
import { transferResult } from './events.js'
import {
  blockOf,
  holdImage,
  type ImageQuery,
  MAX_IMAGES,
  nextImageFor,
  transferEnded,
} from './firmware-distribution.js'
import { type HubBench, hubBench, hubId } from './hub.fixture.js'

const display = eui64('00db1234567890a4')
const meter = eui64('00db1234567890a0')
const query: ImageQuery = { manufacturerCode: 7, imageType: 1, hardwareVersion: 2, fileVersion: 1 }
const octetsOf = (change: Partial<OtaImage> = {}): Uint8Array =>
  encodeOtaImage({
    manufacturerCode: 7,
    imageType: 1,
    fileVersion: 0x02030405,
    minimumHardwareVersion: 1,
    maximumHardwareVersion: 2,
    upgradeImage: upgradeImageOf(new Uint8Array(100).fill(1), new Uint8Array(64)),
    ...change,
  })

function hub(): HubBench {
  const bench = hubBench()
  for (const [id, deviceType] of [
    [display, hubDeviceType.ppmid],
    [meter, hubDeviceType.esme],
  ] as const)
    bench.ask(
      CCS01.command({
        to: hubId,
        deviceLogRegisterDevice: { deviceId: eui64Bytes(id), keyType: 1, installCode: new Uint8Array(16), deviceType },
        deviceLogJoinTimeoutS: 1,
        deviceLogEnableDisableJoining: false,
      }),
    )
  bench.alerts()
  return bench
}
/** Devices and results in the alerts about transfers since the last look. */
const told = (bench: HubBench) =>
  bench.alerts().map(({ details: [octets] }) => {
    const { deviceId, firmwareVersion, code } = decodeAsn1(
      transferAlert,
      octets?.type === 'octetString' ? octets.bytes : new Uint8Array(0),
    ).value
    const result = Object.entries(transferResult).find(([, value]) => value === code)?.[0]
    return [eui64(deviceId), [...firmwareVersion].join('.'), result]
  })
/** A device fetches an image block by block. */
function fetch({ device }: HubBench, other: Eui64, asked = query): Uint8Array | undefined {
  const offer = nextImageFor(device, other, asked)
  if (!offer) return undefined
  const octets: number[] = []
  while (octets.length < offer.size) octets.push(...(blockOf(device, offer, octets.length, 50) ?? []))
  return Uint8Array.from(octets)
}

describe('an image that the hub holds', () => {
  it('is fetched whole by the devices that it is for, and by no other', () => {
    const bench = hub()
    holdImage(bench.device, octetsOf())
    expect(fetch(bench, display)).toEqual(octetsOf())
    for (const other of [{ manufacturerCode: 8 }, { imageType: 2 }, { fileVersion: 0x02030405 }])
      expect(fetch(bench, display, { ...query, ...other })).toBeUndefined()
    expect(fetch(bench, eui64('00db1234567890ff'))).toBeUndefined()
    expect(told(bench)).toEqual([])
  })
  it('is told of when a display has it, or failed to get it', () => {
    const bench = hub()
    holdImage(bench.device, octetsOf())
    for (const succeeded of [true, false]) {
      const offer = nextImageFor(bench.device, display, query)
      if (offer) transferEnded(bench.device, display, offer, succeeded)
      if (offer) transferEnded(bench.device, display, offer, succeeded)
      expect(told(bench)).toEqual([[display, '2.3.4.5', succeeded ? 'success' : 'fileTransferFailure']])
    }
  })
  it('is not told of for a meter, which does that itself', () => {
    const bench = hub()
    holdImage(bench.device, octetsOf())
    const offer = nextImageFor(bench.device, meter, query)
    if (offer) transferEnded(bench.device, meter, offer, true)
    expect([offer?.size, told(bench)]).toEqual([octetsOf().length, []])
  })
  it('does not go to hardware that it is not for', () => {
    const bench = hub()
    holdImage(bench.device, octetsOf())
    for (const hardwareVersion of [0, 3])
      expect(nextImageFor(bench.device, display, { ...query, hardwareVersion })).toBeUndefined()
    expect(told(bench).map(([, , result]) => result)).toEqual(['hardwareVersionMismatch', 'hardwareVersionMismatch'])
  })
  it('is discarded for a newer one, and whoever was receiving it must start anew', () => {
    const bench = hub()
    holdImage(bench.device, octetsOf())
    const offer = nextImageFor(bench.device, display, query)
    holdImage(bench.device, octetsOf())
    expect(told(bench)).toEqual([])
    holdImage(bench.device, octetsOf({ fileVersion: 9 }))
    expect(told(bench)).toEqual([[display, '2.3.4.5', 'imageDiscarded']])
    expect(offer && blockOf(bench.device, offer, 0, 10)).toBeUndefined()
    expect(nextImageFor(bench.device, display, query)?.fileVersion).toBe(9)
  })
  it('is one of a few', () => {
    const bench = hub()
    for (let imageType = 0; imageType <= MAX_IMAGES; imageType++) holdImage(bench.device, octetsOf({ imageType }))
    expect(nextImageFor(bench.device, display, { ...query, imageType: 0 })).toBeUndefined()
    for (let imageType = 1; imageType <= MAX_IMAGES; imageType++)
      expect(nextImageFor(bench.device, display, { ...query, imageType })).toBeDefined()
  })
  it('survives a power cycle in the middle of a transfer', () => {
    const bench = hub()
    holdImage(bench.device, octetsOf())
    const offer = nextImageFor(bench.device, display, query)
    const again = bench.powerCycle()
    expect([...((offer && blockOf(again.device, offer, 60, 3)) ?? [])]).toEqual([1, 1, 1])
    if (offer) transferEnded(again.device, display, offer, true)
    expect(told(again)).toHaveLength(1)
  })
  it('is an image', () => {
    expect(() => holdImage(hub().device, Uint8Array.of(1, 2, 3))).toThrow(GbcsError)
  })
})
