import { type Eui64, eui64, eui64Bytes, toHex } from '@smets2-sim/bytes'
import { decodeDateTime, utcFields } from '@smets2-sim/cosem'
import { alerts, CCS01, CCS02, CCS03, CCS06, CCS07 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { type HubBench, hubBench, hubId } from '../hub.fixture.js'
import { linkKeyEstablished } from './changes.js'
import { lastCommunication, recordTransmission } from './communications.js'
import { historicLog, hubDeviceType, hubLog, inHubLog } from './hub-log.js'
import { admission, isJoiningEnabled } from './join-window.js'

const idOf = (n: number): Eui64 => eui64(`00db1234567892${n.toString(16).padStart(2, '0')}`)
const meter = idOf(0xa0)
const installCode = Uint8Array.from({ length: 16 }, (_, i) => i)
const key = (n: number): Uint8Array => new Uint8Array(16).fill(n)

const register = (bench: HubBench, id = meter, deviceType: number = hubDeviceType.esme, more: object = {}) =>
  bench.ask(
    CCS01.command({
      to: hubId,
      deviceLogRegisterDevice: { deviceId: eui64Bytes(id), keyType: 1, installCode, deviceType, ...more },
      deviceLogJoinTimeoutS: 90,
      deviceLogEnableDisableJoining: true,
    }),
  ).ok
const unregister = (bench: HubBench, id = meter) =>
  bench.ask(CCS02.command({ to: hubId, deviceLog: eui64Bytes(id) })).ok
const restore = (bench: HubBench, ids: readonly Eui64[], { panId = 7, hash = key(5) } = {}) =>
  bench.ask(
    CCS03.command({
      to: hubId,
      deviceLog: {
        extendedPanId: new Uint8Array(8).fill(panId),
        devices: ids.map((id) => ({ deviceId: eui64Bytes(id), hashedLinkKey: hash })),
      },
    }),
  ).ok
const ids = ({ device }: HubBench) => device.items.read(hubLog).map(({ deviceId }) => deviceId)
/** Devices with their keys in the newest backup alert. */
function lastBackup(bench: HubBench): [string, string][] | undefined {
  const [pan] =
    bench
      .alerts()
      .filter(({ name }) => name === 'chfDeviceLogChanged')
      .at(-1)?.details ?? []
  if (pan?.type !== 'structure') return undefined
  const list = pan.items[2]
  if (list?.type !== 'array') return undefined
  return list.items.map((row) =>
    row.type === 'structure'
      ? (row.items.map((one) => (one.type === 'octetString' ? toHex(one.bytes) : '')) as [string, string])
      : ['', ''],
  )
}
const changes = (bench: HubBench) => bench.alerts().filter(({ name }) => name === 'chfDeviceLogChanged').length

describe('a device that is registered', () => {
  it('is in the log, may join with its install code, and the broker is told', () => {
    const bench = hubBench()
    expect(register(bench)).toBe(true)
    expect(ids(bench)).toEqual([meter])
    expect(admission(bench.device, meter)).toEqual({ with: 'installCode', installCode })
    expect(lastBackup(bench)).toEqual([[meter, '']])
  })
  it('twice, stays as it is: the key that comes with it is ignored, and nothing has changed', () => {
    const bench = hubBench()
    register(bench)
    bench.alerts()
    expect(register(bench, meter, hubDeviceType.esme, { installCode: key(9) })).toBe(true)
    expect(admission(bench.device, meter)).toEqual({ with: 'installCode', installCode })
    expect(changes(bench)).toBe(0)
  })
  it('as one too many is refused, and the window stays shut', () => {
    const bench = hubBench()
    for (let n = 0; n < 16; n++) expect(register(bench, idOf(n), hubDeviceType.ihd)).toBe(true)
    expect(register(bench, idOf(16))).toBe(false)
    expect(ids(bench)).toHaveLength(16)
    expect(register(bench, idOf(3))).toBe(true)
  })
  it('with another kind of key is refused', () => {
    const bench = hubBench()
    expect(register(bench, meter, hubDeviceType.esme, { keyType: 2 })).toBe(false)
    expect(ids(bench)).toEqual([])
  })
  it('of a class that nobody knows does no harm', () => {
    const bench = hubBench()
    expect(register(bench, meter, 77)).toBe(true)
    expect(unregister(bench)).toBe(true)
  })
  it('has a link key once it has joined, which the broker is told of, and the install code is of no more use', () => {
    const bench = hubBench()
    register(bench)
    bench.alerts()
    expect(linkKeyEstablished(bench.device, meter, key(1))).toBe(true)
    expect(lastBackup(bench)).toEqual([[meter, toHex(key(1))]])
    expect(admission(bench.device, meter)).toEqual({ with: 'linkKey', hashedLinkKey: key(1) })
    expect(toHex(inHubLog(bench.device, meter)?.installCode ?? key(0))).toBe('')
    expect(linkKeyEstablished(bench.device, meter, key(1))).toBe(true)
    expect(changes(bench)).toBe(0)
    linkKeyEstablished(bench.device, meter, key(2))
    expect(changes(bench)).toBe(1)
  })
  it('is all that joins: a stranger finds no key', () => {
    const bench = hubBench()
    expect(admission(bench.device, meter)).toBeUndefined()
    expect(linkKeyEstablished(bench.device, meter, key(1))).toBe(false)
    expect(ids(bench)).toEqual([])
  })
})

describe('the join window', () => {
  it('shuts after its time, and the failure is logged', () => {
    const bench = hubBench()
    register(bench)
    bench.wait(89)
    expect(isJoiningEnabled(bench.device)).toBe(true)
    bench.wait(1)
    expect(isJoiningEnabled(bench.device)).toBe(false)
    expect(admission(bench.device, meter)).toBeUndefined()
    const codes = [...bench.device.log('securityLog.buffer').entries()].map(({ code }) => code as number)
    expect(codes).toContain(alerts.deviceJoiningFailed.code)
  })
  it('opens again on another order, for those who have not joined', () => {
    const bench = hubBench()
    register(bench)
    bench.wait(90)
    register(bench)
    expect(admission(bench.device, meter)?.with).toBe('installCode')
    bench.wait(60)
    register(bench, idOf(1))
    bench.wait(60)
    expect([admission(bench.device, meter)?.with, admission(bench.device, idOf(1))?.with]).toEqual([
      'installCode',
      'installCode',
    ])
  })
  it('takes a former device with its old link key first, then with its install code, for a time each', () => {
    const bench = hubBench()
    register(bench)
    linkKeyEstablished(bench.device, meter, key(1))
    unregister(bench)
    register(bench)
    expect(admission(bench.device, meter)).toEqual({ with: 'historicKey', hashedLinkKey: key(1) })
    bench.wait(90)
    expect(admission(bench.device, meter)).toEqual({ with: 'installCode', installCode })
    bench.wait(90)
    expect(admission(bench.device, meter)).toBeUndefined()
  })
  it('ends for a former device when it comes back', () => {
    const bench = hubBench()
    register(bench)
    linkKeyEstablished(bench.device, meter, key(1))
    unregister(bench)
    register(bench)
    linkKeyEstablished(bench.device, meter, key(2))
    expect(admission(bench.device, meter)).toEqual({ with: 'linkKey', hashedLinkKey: key(2) })
    bench.wait(1000)
    expect(admission(bench.device, meter)).toEqual({ with: 'linkKey', hashedLinkKey: key(2) })
  })
  it('survives a power cycle', () => {
    const bench = hubBench()
    register(bench)
    const again = bench.powerCycle()
    expect(admission(again.device, meter)?.with).toBe('installCode')
    again.wait(90)
    expect(admission(again.device, meter)).toBeUndefined()
  })
})

describe('a device that is taken off', () => {
  it('is gone, and its link key is kept', () => {
    const bench = hubBench()
    register(bench)
    linkKeyEstablished(bench.device, meter, key(1))
    bench.alerts()
    expect(unregister(bench)).toBe(true)
    expect(lastBackup(bench)).toEqual([])
    expect(bench.device.items.read(historicLog)).toMatchObject([{ deviceId: meter, hashedLinkKey: key(1) }])
    expect(admission(bench.device, meter)).toBeUndefined()
  })
  it('must be in the log', () => {
    expect(unregister(hubBench())).toBe(false)
  })
  it('is not the gas proxy, which is a part of the hub', () => {
    const bench = hubBench()
    register(bench, meter, hubDeviceType.gpf)
    expect(unregister(bench)).toBe(false)
    expect(ids(bench)).toEqual([meter])
  })
  it('is forgotten when it is a hand-held terminal', () => {
    const bench = hubBench()
    register(bench, meter, hubDeviceType.handHeldTerminal)
    linkKeyEstablished(bench.device, meter, key(1))
    expect(unregister(bench)).toBe(true)
    expect(bench.device.items.read(historicLog)).toEqual([])
  })
  it('is one of the last 15', () => {
    const bench = hubBench()
    for (let n = 0; n < 17; n++) {
      register(bench, idOf(n))
      linkKeyEstablished(bench.device, idOf(n), key(n))
      unregister(bench, idOf(n))
    }
    expect(bench.device.items.read(historicLog).map(({ deviceId }) => deviceId)).toEqual(
      Array.from({ length: 15 }, (_, n) => idOf(n + 2)),
    )
  })
})

describe('a network that a new hub takes over', () => {
  it('has its devices back, each with the hash of its key to come in with', () => {
    const bench = hubBench()
    expect(restore(bench, [meter, idOf(1)])).toBe(true)
    expect(admission(bench.device, meter)).toEqual({ with: 'linkKey', hashedLinkKey: key(5) })
    expect(lastBackup(bench)).toEqual([
      [meter, toHex(key(5))],
      [idOf(1), toHex(key(5))],
    ])
  })
  it('does not say what a device is: that it says itself when it comes back, with the key that it had or another', () => {
    const bench = hubBench()
    restore(bench, [meter, idOf(1), idOf(2)])
    const types = () => bench.device.items.read(hubLog).map(({ deviceType }) => deviceType)
    expect(types()).toEqual(Array(3).fill(hubDeviceType.unknown))
    linkKeyEstablished(bench.device, meter, key(5), hubDeviceType.esme)
    linkKeyEstablished(bench.device, idOf(1), key(6), hubDeviceType.gsme)
    linkKeyEstablished(bench.device, idOf(2), key(6))
    linkKeyEstablished(bench.device, meter, key(7), hubDeviceType.gsme)
    expect(types()).toEqual([hubDeviceType.esme, hubDeviceType.gsme, hubDeviceType.unknown])
  })
  it('may be restored again, but another one may not, and none where there are devices already', () => {
    const bench = hubBench()
    restore(bench, [meter])
    expect(restore(bench, [meter, idOf(1)])).toBe(true)
    expect(restore(bench, [idOf(2)], { panId: 8 })).toBe(false)
    expect(ids(bench)).toEqual([meter, idOf(1)])
    const used = hubBench()
    register(used)
    expect(restore(used, [idOf(1)])).toBe(false)
  })
  it('keeps the hub from nothing: its own gas proxy stays', () => {
    const bench = hubBench()
    register(bench, idOf(9), hubDeviceType.gpf)
    expect(restore(bench, [meter])).toBe(true)
    expect(ids(bench)).toEqual([idOf(9), meter])
  })
  it('is refused without devices, with one twice, or with one that has no key', () => {
    expect(restore(hubBench(), [])).toBe(false)
    expect(restore(hubBench(), [meter, meter])).toBe(false)
    expect(restore(hubBench(), [meter], { hash: new Uint8Array(0) })).toBe(false)
  })
})

describe('what the broker reads', () => {
  it('are both logs, as they stand', () => {
    const bench = hubBench()
    register(bench)
    linkKeyEstablished(bench.device, meter, key(1))
    register(bench, idOf(1))
    unregister(bench, idOf(1))
    const [log, former] = bench.ask(
      CCS07.command({ to: hubId, deviceLog: null, historicDeviceLog: null } as never),
    ).items
    expect(log?.value).toMatchObject({ devices: [{ deviceId: eui64Bytes(meter), hashedLinkKey: key(1) }] })
    expect(former?.value).toMatchObject({ devices: [{ deviceId: eui64Bytes(idOf(1)) }] })
  })
  it('is how the hub fares with each device', () => {
    const bench = hubBench()
    register(bench)
    register(bench, idOf(1))
    linkKeyEstablished(bench.device, meter, key(1))
    recordTransmission(bench.device, meter, { succeeded: true, rssi: -40, lqi: 200 })
    bench.clock.time += 600
    recordTransmission(bench.device, meter, { succeeded: true, rssi: -61, lqi: 100, hops: 2 })
    recordTransmission(bench.device, meter, { succeeded: false })
    recordTransmission(bench.device, idOf(7), { succeeded: true })
    const rows = bench.ask(CCS06.command({ to: hubId })).value.deviceLog
    expect(rows).toMatchObject([
      {
        status: '11000000',
        maxRssi: -40,
        averageRssi: -50,
        minRssi: -61,
        maxLqi: 200,
        averageLqi: 150,
        minLqi: 100,
        numberOfHops: 2,
        transmissionFailures: 1,
        transmissionSuccesses: 2,
      },
      { status: '10000000', maxRssi: 0, transmissionFailures: 0, transmissionSuccesses: 0 },
    ])
    const last = rows[0]?.lastCommunication ?? new Uint8Array(12)
    expect([decodeDateTime(last).time, last[4]]).toEqual([bench.clock.time, utcFields(bench.clock.time).dayOfWeek])
    expect([lastCommunication(bench.device, meter), lastCommunication(bench.device, idOf(1))]).toEqual([
      bench.clock.time,
      undefined,
    ])
  })
  it('counts up to 255 only', () => {
    const bench = hubBench()
    register(bench)
    for (let n = 0; n < 300; n++) recordTransmission(bench.device, meter, { succeeded: n % 2 === 0, rssi: -50, lqi: 9 })
    for (let n = 0; n < 300; n++) recordTransmission(bench.device, meter, { succeeded: true })
    expect(bench.ask(CCS06.command({ to: hubId })).value.deviceLog[0]).toMatchObject({
      transmissionFailures: 150,
      transmissionSuccesses: 255,
    })
  })
})
