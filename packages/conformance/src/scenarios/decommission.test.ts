import { eui64Bytes } from '@smets2-sim/bytes'
import { hubLog } from '@smets2-sim/chf'
import type { Esme } from '@smets2-sim/esme'
import { display, setDemand } from '@smets2-sim/gsme'
import { deviceLog, factoryReset } from '@smets2-sim/firmware'
import { CCS02, CS03B, CS04B, deviceType, ECS12, ECS42, ECS52, joinMethod, unjoinResult } from '@smets2-sim/gbcs'
import { encodeDateTime } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import { logged, Workbench } from './workbench.fixture.js'

/** B14: a meter leaves a home and is used in another. */
async function twoHomes() {
  const bench = new Workbench()
  const [old, other] = [bench.hub(0xa0), bench.hub(0xc0)]
  bench.wanUp(old)
  bench.wanUp(other)
  const meter = bench.device('esme', 0xb0)
  const { accessControlBroker: broker, supplier } = bench.parties
  await broker.send(bench.registration(old, meter))
  bench.join(old, meter)
  await supplier.send(
    CS03B.command({
      to: meter.id,
      value: {
        joinMethodAndRole: joinMethod.methodB,
        otherDeviceEntityIdentifier: eui64Bytes(bench.device('ppmid', 0xb9).id),
        otherDeviceType: deviceType.type2,
      },
    }),
  )
  await supplier.send(ECS12.command({ to: meter.id, restrictDataDateTime: encodeDateTime(bench.clock.time) }))
  return { bench, old, other, meter, broker, supplier }
}

describe('a meter that is decommissioned', () => {
  it('cannot be joined elsewhere before it is reset, though the other hub would have it', async () => {
    const { bench, old, other, meter, broker } = await twoHomes()
    expect((await broker.send(CCS02.command({ to: old.chf.id, deviceLog: eui64Bytes(meter.id) }))).ok).toBe(true)
    bench.leave(old, meter)
    await broker.send(bench.registration(other, meter))
    expect(bench.join(other, meter)).toBe(false)
    expect(other.members.size).toBe(0)
  })
  it('forgets its home when it is reset, and serves in another', async () => {
    const { bench, old, other, meter, broker, supplier } = await twoHomes()
    const recorded = supplier.build(ECS42.command({ to: meter.id }))
    bench.local(recorded.octets)
    await broker.send(CCS02.command({ to: old.chf.id, deviceLog: eui64Bytes(meter.id) }))
    expect(old.chf.items.read(hubLog)).toEqual([])
    bench.leave(old, meter)

    factoryReset(meter, bench.provision)
    expect(deviceLog(meter)).toEqual([])
    expect(logged(meter, 'eventLog.buffer')).toEqual([])
    expect(meter.items.has({ name: 'restrictDataDateTime.value', initial: undefined })).toBe(false)
    expect(bench.join(other, meter)).toBe(false)
    await broker.send(bench.registration(other, meter))
    expect(bench.join(other, meter)).toBe(true)
    expect((await supplier.send(ECS52.command({ to: meter.id }))).ok).toBe(true)
    // what was recorded in the old home is of no use in the new one
    expect(() => bench.local(recorded.octets)).toThrow('replayed')
  })
  it('is out of reach of everybody while it has no credentials', async () => {
    const { bench, old, meter, supplier } = await twoHomes()
    factoryReset(meter)
    await expect(supplier.send(ECS52.command({ to: meter.id }))).rejects.toMatchObject({ reason: 'unknownOriginator' })
    expect(old.members.has(meter.id)).toBe(true)
    expect(bench.join(old, meter)).toBe(true)
  })
  it('goes on counting where it was, as a sealed meter must', () => {
    const bench = new Workbench()
    const meter = bench.device('esme', 0xb0) as Esme
    meter.load({ watts: 1000 })
    bench.clock.time += 7200
    factoryReset(meter)
    expect(meter.readings().register).toBe(2000)
    // what the old home used on this day is nobody's business in the next
    expect(meter.history().day.current.consumptionWh).toBe(0)
    bench.clock.time += 3600
    expect(meter.readings().register).toBe(3000)
  })
  it('goes on counting gas as well', () => {
    const bench = new Workbench()
    const meter = bench.device('gsme', 0xb1)
    setDemand(meter, 500)
    bench.clock.time += 7200
    factoryReset(meter)
    expect(display(meter).volumeLitres).toBe(1000)
    bench.clock.time += 3600
    meter.tick()
    expect(display(meter).volumeLitres).toBe(1500)
  })
  it('parts from a display by command, and has no more of it', async () => {
    const { meter, supplier } = await twoHomes()
    const [display] = deviceLog(meter)
    const response = await supplier.send(
      CS04B.command({ to: meter.id, value: eui64Bytes(display?.deviceId ?? meter.id) }),
    )
    expect(response.value).toBe(unjoinResult.success)
    expect(deviceLog(meter)).toEqual([])
  })
})
