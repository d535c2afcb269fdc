import { ECS42, ECS52, type UseCase } from '@smets2-sim/gbcs'
import { eui64 } from '@smets2-sim/bytes'
import { Encoder } from 'cbor-x'
import { describe, expect, it } from 'vitest'
import { command, deviceId, memoryStore, profileOf, testBench } from '../testing/bench.fixture.js'
import { Device } from '../device.js'
import { restoreSnapshot, takeSnapshot } from './snapshot.js'

const useCases = [ECS42, ECS52] as unknown as UseCase[]
const enable = ECS42.command({ to: deviceId })

describe('a device with a store', () => {
  it('comes back from a power cycle with its counters, credentials, logs and items', () => {
    const store = memoryStore()
    const bench = testBench(useCases, {}, { store })
    expect(bench.device.receive(command(enable, { counter: 7n })).kind).toBe('responded')
    expect(bench.device.receive(command(enable, { from: 'stranger' })).kind).toBe('discarded')
    const after = new Device(profileOf(useCases), deviceId, bench.device.ports)
    expect(new Map(after.items.entries())).toEqual(new Map(bench.device.items.entries()))
    for (const name of ['eventLog.buffer', 'securityLog.buffer'])
      expect([...after.log(name).entries()]).toEqual([...bench.device.log(name).entries()])
    expect(after.receive(command(enable, { counter: 7n }))).toMatchObject({ kind: 'discarded', reason: 'replayed' })
  })
  it('has stored the counter before the effect', () => {
    const store = memoryStore()
    const bench = testBench(useCases, {}, { store })
    const { items } = bench.device
    const counters: unknown[] = []
    const save = store.save.bind(store)
    store.save = (snapshot) => {
      counters.push(
        bench.device.counters.current('supplier'),
        [...bench.device.log('eventLog.buffer').entries()].length,
      )
      save(snapshot)
    }
    bench.device.receive(command(enable, { counter: 7n }))
    expect(counters.slice(0, 2)).toEqual([7n, 0])
    expect(items.has({ name: 'counter.own', initial: 0n })).toBe(false)
  })
})

describe('a snapshot', () => {
  it('is refused by another device, and so is anything that is none', () => {
    const { device } = testBench(useCases)
    const other = new Device(profileOf(useCases), eui64('00db1234567890a9'), device.ports)
    expect(() => restoreSnapshot(other, takeSnapshot(device))).toThrow(/not one of the esme 00db1234567890a9/)
    expect(() => restoreSnapshot(device, Uint8Array.of(0xff, 0xff))).toThrow(/snapshot/)
    expect(() => restoreSnapshot(device, Uint8Array.of(0x01))).toThrow(/snapshot/)
  })
  it('has every change of a log in it, however often it was taken before', () => {
    const { device } = testBench(useCases)
    const log = device.log('eventLog.buffer')
    const afresh = (): Uint8Array => {
      const other = new Device(profileOf(useCases), deviceId, device.ports)
      restoreSnapshot(other, takeSnapshot(device))
      expect([...other.log('eventLog.buffer').entries()]).toEqual([...log.entries()])
      return takeSnapshot(other)
    }
    for (let time = 0; time < 205; time++) {
      log.append({ time, code: 0x8f12 })
      if (time % 51 === 0) expect(takeSnapshot(device)).toEqual(afresh())
    }
    log.clear()
    expect(takeSnapshot(device)).toEqual(afresh())
  })
  it('is what the encoder makes of the whole', () => {
    const { device } = testBench(useCases)
    device.receive(command(enable, { counter: 7n }))
    const logs = Object.fromEntries([...device.usedLogs()].map(([name, log]) => [name, [...log.entries()]]))
    const whole = { version: 1, kind: 'esme', id: deviceId, items: [...device.items.entries()], logs }
    const codec = new Encoder({ useRecords: false, tagUint8Array: false, int64AsType: 'bigint' } as never)
    expect(takeSnapshot(device)).toEqual(Uint8Array.from(codec.encode(whole)))
  })
  it('holds no private key', () => {
    const { device } = testBench(useCases)
    device.receive(command(enable))
    const text = Buffer.from(takeSnapshot(device)).toString('hex')
    const secret = device.ports.crypto.sha256(Uint8Array.of(50))
    expect(text).not.toContain(Buffer.from(secret).toString('hex'))
  })
})
