import { ECS42, ECS52 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { deviceLog, setDeviceLog } from '../credentials/device-log.js'
import { topUpFloor, utrnCounterCache } from '../credentials/top-up-floor.js'
import { Device } from '../device.js'
import { firmwareVersion } from '../firmware-image/image.js'
import { joinNetwork, networkOf } from '../joining/network.js'
import { command, deviceId, memoryStore, type TestBench } from '../testing/bench.fixture.js'
import { provision } from '../testing/certificates.fixture.js'
import { allCells, first, give, holders, securityBench } from '../testing/orders.fixture.js'
import { certified } from '../testing/certificates.fixture.js'
import { factoryReset } from './factory-reset.js'

const parties = Object.values(first)
const enable = (bench: TestBench, counter: bigint) =>
  bench.device.receive(
    command(ECS42.command({ to: deviceId }), { from: first.supplier, counter, macBy: first.accessControlBroker }),
  ).kind
/** A device that has been in a home. */
function used(ports = {}): TestBench {
  const bench = securityBench({}, ports)
  enable(bench, 500n)
  bench.device.items.write({ name: 'consumer.pin', initial: '' }, '1234')
  bench.device.items.write(firmwareVersion, Uint8Array.of(1, 2, 3, 4))
  bench.device.items.write(utrnCounterCache, [70])
  setDeviceLog(bench.device, [{ deviceId: first.supplier.id, deviceType: 5 }])
  joinNetwork(bench.device, new Uint8Array(8).fill(1))
  give(bench, {
    mode: 7,
    by: first.transitionalCoS,
    counter: 1n,
    cells: allCells(certified('supplier', '90b3d51f30030000')),
    at: 600_000_000,
  })
  return bench
}

describe('a device that is reset', () => {
  it('knows nobody and holds nothing of the home that it was in', () => {
    const bench = used()
    factoryReset(bench.device)
    expect(holders(bench).filter(Boolean)).toEqual([])
    expect(deviceLog(bench.device)).toEqual([])
    expect(bench.device.items.has({ name: 'consumer.pin', initial: '' })).toBe(false)
    expect(bench.device.nextDue()).toBeUndefined()
    for (const log of bench.device.usedLogs().values()) expect(log.length).toBe(0)
    const outcome = bench.device.receive(command(ECS52.command({ to: deviceId }), { from: first.supplier }))
    expect(outcome).toMatchObject({ reason: 'unknownOriginator' })
  })
  it('is still itself: its firmware, and its counters, which old commands do not get past', () => {
    const bench = used()
    const { own } = bench.device.counters
    factoryReset(bench.device, (device) => provision(device, parties))
    expect([...bench.device.items.read(firmwareVersion)]).toEqual([1, 2, 3, 4])
    expect(bench.device.counters.own).toBe(own)
    expect([enable(bench, 500n), enable(bench, 501n)]).toEqual(['discarded', 'responded'])
    expect(bench.device.items.read(topUpFloor)).toBe(70n << 32n)
  })
  it('stays so when it is switched off and on', () => {
    const bench = used({ store: memoryStore() })
    factoryReset(bench.device)
    const device = new Device(bench.device.profile, deviceId, bench.device.ports)
    expect(holders({ ...bench, device }).filter(Boolean)).toEqual([])
  })
})

describe('the network of a device', () => {
  it('is one, whichever hub keeps it, until the device is reset', () => {
    const { device } = securityBench()
    const [one, other] = [new Uint8Array(8).fill(1), new Uint8Array(8).fill(2)]
    expect(joinNetwork(device, one)).toBe(true)
    expect(joinNetwork(device, one.slice())).toBe(true)
    expect(joinNetwork(device, other)).toBe(false)
    expect(networkOf(device)).toEqual(one)
    factoryReset(device)
    expect(joinNetwork(device, other)).toBe(true)
  })
})
