import { toHex } from '@smets2-sim/bytes'
import { admission, extendedPanId, hubLog } from '@smets2-sim/chf'
import { CCS03, CCS07, CS03B, CS07, deviceType, ECS52, GCS59, joinMethod } from '@smets2-sim/gbcs'
import { eui64Bytes } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { alertNames, Workbench } from './workbench.fixture.js'

/** B12: a hub breaks, a new one takes its place, and nobody joins again. */
async function home() {
  const bench = new Workbench()
  const hub = bench.hub(0xa0)
  bench.wanUp(hub)
  const devices = {
    esme: bench.device('esme', 0xb0),
    gsme: bench.device('gsme', 0xb1),
    ppmid: bench.device('ppmid', 0xb2),
    hcalcs: bench.device('hcalcs', 0xb3),
  }
  for (const device of Object.values(devices)) {
    expect((await bench.parties.accessControlBroker.send(bench.registration(hub, device))).ok).toBe(true)
    expect(bench.join(hub, device)).toBe(true)
  }
  const join = {
    joinMethodAndRole: joinMethod.methodB,
    otherDeviceType: deviceType.gsme,
    otherDeviceEntityIdentifier: eui64Bytes(devices.gsme.id),
  }
  await bench.parties.accessControlBroker.send(CS03B.command({ to: hub.gpf.id, value: join }))
  return { bench, hub, devices }
}
type Backup = { extendedPanId: Uint8Array; devices: { deviceId: Uint8Array; hashedLinkKey: Uint8Array }[] }

describe('a hub that is replaced', () => {
  it('leaves its devices to the new one by a backup of its log, and none of them joins again', async () => {
    const { bench, hub, devices } = await home()
    const { accessControlBroker: broker, supplier } = bench.parties
    const backup = (
      await broker.send(CCS07.command({ to: hub.chf.id, deviceLog: null, historicDeviceLog: null } as never))
    ).items[0]?.value as Backup
    const proxyLog = (await broker.send(CS07.command({ to: hub.gpf.id, value: null }))).value
    expect(backup.devices).toHaveLength(4)
    // every change was backed up by an alert as well
    expect(alertNames(broker).filter((name) => name === 'chfDeviceLogChanged')).toHaveLength(8)
    const logBefore = (await supplier.send(CS07.command({ to: devices.esme.id, value: null }))).value

    bench.wanDown(hub)
    for (const device of Object.values(devices)) bench.leave(hub, device)
    const fresh = bench.hub(0xc0)
    bench.wanUp(fresh)
    expect(alertNames(broker).at(-1)).toBe('deviceCommissioned')
    expect(fresh.chf.items.read(hubLog)).toEqual([])
    for (const device of Object.values(devices)) expect(bench.join(fresh, device)).toBe(false)

    expect(
      (
        await broker.send(
          CCS03.command({
            to: fresh.chf.id,
            deviceLog: { extendedPanId: backup.extendedPanId, devices: backup.devices },
          }),
        )
      ).ok,
    ).toBe(true)
    expect(toHex(fresh.chf.items.read(extendedPanId))).toBe(toHex(backup.extendedPanId))
    for (const device of Object.values(devices)) {
      expect(admission(fresh.chf, device.id)?.with).toBe('linkKey')
      expect(bench.join(fresh, device)).toBe(true)
    }
    const restored = await broker.send(GCS59.command({ to: fresh.gpf.id, value: { entries: proxyLog.entries ?? [] } }))
    expect(restored.value.results.map(({ joinResponseCode }) => joinResponseCode)).toEqual([0])

    expect((await supplier.send(ECS52.command({ to: devices.esme.id }))).ok).toBe(true)
    expect((await supplier.send(CS07.command({ to: devices.esme.id, value: null }))).value).toEqual(logBefore)
    expect((await broker.send(CS07.command({ to: fresh.gpf.id, value: null }))).value).toEqual(proxyLog)
  })
  it('cannot be replaced by a hub that has a home already', async () => {
    const { bench, hub } = await home()
    const { accessControlBroker: broker } = bench.parties
    const { value: backup } = (
      await broker.send(CCS07.command({ to: hub.chf.id, deviceLog: null, historicDeviceLog: null } as never))
    ).items[0] as { value: Backup }
    const other = bench.hub(0xd0)
    bench.wanUp(other)
    const meter = bench.device('esme', 0xd8)
    await broker.send(bench.registration(other, meter))
    bench.join(other, meter)
    expect((await broker.send(CCS03.command({ to: other.chf.id, deviceLog: backup }))).ok).toBe(false)
    expect(other.chf.items.read(hubLog).map(({ deviceId }) => deviceId)).toEqual([meter.id])
  })
})
