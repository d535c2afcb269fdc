import { CCS01, CCS05CCS04, CCS06, ECS26i, ECS26n, ECS35c, ECS35d, ECS39a } from '@smets2-sim/gbcs'
import { eui64Bytes } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { hubBench, hubId } from './hub.fixture.js'

const to = hubId
const ever = { from: 0, to: 0x7fff_ffff }
const meter = eui64Bytes('00db1234567890a0' as never)

describe('what the broker reads of a hub', () => {
  it('CCS05CCS04 reads the device log as its successor CCS06 does', () => {
    const bench = hubBench()
    bench.ask(
      CCS01.command({
        to,
        deviceLogRegisterDevice: {
          deviceId: meter,
          keyType: 1,
          installCode: new Uint8Array(16).fill(1),
          deviceType: 0,
        },
        deviceLogJoinTimeoutS: 90,
        deviceLogEnableDisableJoining: true,
      }),
    )
    const { deviceLog } = bench.ask(CCS05CCS04.command({ to })).value
    expect(deviceLog).toHaveLength(1)
    expect(bench.ask(CCS06.command({ to })).value.deviceLog).toEqual(deviceLog)
  })
  it('ECS26i and ECS26n read who made it', () => {
    const bench = hubBench()
    const { deviceIdentifier, ...others } = bench.ask(ECS26i.command({ to })).value
    expect(deviceIdentifier).toEqual(eui64Bytes(hubId))
    expect(bench.ask(ECS26n.command({ to })).value).toEqual(others)
  })
  it('ECS35c and ECS35d read the two logs as they are, an order that is none of the hub among the security events', () => {
    const bench = hubBench()
    const kept = (name: string) => [...bench.device.log(name).entries()].map((entry: { code: number }) => entry.code)
    const security = () =>
      bench.ask(ECS35d.command({ to, securityLog: ever })).value.securityLog.map(({ code }) => code)
    const before = security()
    expect(before).toEqual(kept('securityLog.buffer'))
    expect(() => bench.ask(ECS39a.command({ to, mpan: '1234567890123' }))).toThrow(
      /^(unknownMessageCode|notAuthorised)/,
    )
    expect(security().length).toBeGreaterThan(before.length)
    const events = kept('eventLog.buffer')
    const { eventLog } = bench.ask(ECS35c.command({ to, eventLog: ever })).value
    expect(eventLog.map(({ code }) => code)).toEqual(events)
    expect(events.length).toBeGreaterThan(0)
  })
})
