import { eui64 } from '@smets2-sim/bytes'
import { backupLogAlert, CS03B, CS04B, decodeAsn1, GCS59 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { gasBench, type GasBench } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { gpf } from './index.js'

const proxyId = eui64('00db1234567890a3')
const START = 820_540_800
const proxyBench = (): GasBench => gasBench(gpf, proxyId, {}, START)

describe('the device log', () => {
  const meter = { deviceId: Uint8Array.from([0, 0xdb, 0x12, 0x34, 0x56, 0x78, 0x90, 0xa1]), deviceType: 0 }
  const backups = (bench: GasBench) =>
    bench.sent
      .splice(0)
      .filter(({ otherInformation }) => otherInformation.messageCode === 0x00b2)
      .map(({ content }) => decodeAsn1(backupLogAlert, content).value.entries.length)

  it('is backed up when it changes, and only then', () => {
    const bench = proxyBench()
    const join = CS03B.command({
      to: proxyId,
      value: { joinMethodAndRole: 2, otherDeviceEntityIdentifier: meter.deviceId, otherDeviceType: 0 },
    })
    bench.sent.length = 0
    bench.send(join)
    expect(backups(bench)).toEqual([2])
    bench.send(CS04B.command({ to: proxyId, value: meter.deviceId }))
    expect(backups(bench)).toEqual([1])
    bench.send(CS04B.command({ to: proxyId, value: meter.deviceId }))
    expect(backups(bench)).toEqual([])
  })
  it('is given back to a new proxy as it was backed up', () => {
    const bench = proxyBench()
    bench.sent.length = 0
    const restored = bench.send(GCS59.command({ to: proxyId, value: { entries: [meter] } }), 'accessControlBroker')
    expect(restored.value).toMatchObject({ results: [{ joinResponseCode: 0 }] })
    expect(backups(bench)).toEqual([2])
  })
})
