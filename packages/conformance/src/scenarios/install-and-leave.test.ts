import { eui64Bytes } from '@smets2-sim/bytes'
import { alerts, CS03A1, CS03A2, deviceType, ECS42, ECS45, ECS52, joinMethod, joinResult } from '@smets2-sim/gbcs'
import { commissioningState } from '@smets2-sim/chf'
import { raise } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { alertNames, logged, Workbench } from './workbench.fixture.js'

/** B13: a home is installed where there is no wide area network; the installer brings the commands with him. */
function house() {
  const bench = new Workbench()
  const hub = bench.hub(0xa0)
  return { bench, hub, esme: bench.device('esme', 0xb0), ppmid: bench.device('ppmid', 0xb1) }
}

describe('install and leave', () => {
  it('makes a home of devices by commands that were signed before, and catches up when the network appears', async () => {
    const { bench, hub, esme, ppmid } = house()
    const { supplier, accessControlBroker: broker } = bench.parties
    const join = (other: typeof esme, method: keyof typeof joinMethod, type: number) => ({
      joinMethodAndRole: joinMethod[method],
      otherDeviceEntityIdentifier: eui64Bytes(other.id),
      otherDeviceType: type,
    })
    const brought = [
      broker.build(bench.registration(hub, esme)),
      broker.build(bench.registration(hub, ppmid)),
      supplier.build(CS03A1.command({ to: esme.id, value: join(ppmid, 'methodAInitiator', deviceType.ppmid) })),
      broker.build(CS03A2.command({ to: ppmid.id, value: join(esme, 'methodAResponder', deviceType.esme) })),
      supplier.build(ECS42.command({ to: esme.id })),
    ]
    const [admitMeter, admitDisplay, ...others] = brought
    expect(commissioningState(hub.chf)).toBe('networkFormed')
    const responses = [admitMeter, admitDisplay].map((one) => bench.local((one as (typeof brought)[0]).octets))
    expect([bench.join(hub, esme), bench.join(hub, ppmid)]).toEqual([true, true])
    responses.push(...others.map(({ octets }) => bench.local(octets)))
    // something happens before anybody can be told
    raise(esme, 'unauthorisedPhysicalAccessMeterCoverRemoved')
    expect([...supplier.alerts, ...broker.alerts]).toEqual([])

    bench.wanUp(hub)
    expect(alertNames(broker)[0]).toBe('deviceCommissioned')
    expect(alertNames(broker)).toContain('chfDeviceLogChanged')
    expect(alertNames(supplier)).toContain('unauthorisedPhysicalAccessMeterCoverRemoved')
    // the installer hands in what the devices answered, which is as good as if it had come by itself
    const read = brought.map((command, i) => {
      const party = [broker, broker, supplier, broker, supplier][i] ?? broker
      return party.read(command as never, responses[i] as Uint8Array)
    })
    expect(read.map(({ ok }) => ok)).toEqual([true, true, true, true, true])
    expect([read[2]?.value, read[3]?.value]).toEqual([joinResult.success, joinResult.success])
    expect((await supplier.send(ECS45.command({ to: esme.id }))).ok).toBe(true)
  })
  it('gives a local command the same checks as one from afar: once, and by whom it may', () => {
    const { bench, esme } = house()
    const { supplier, networkOperator } = bench.parties
    const { octets } = supplier.build(ECS42.command({ to: esme.id }))
    bench.local(octets)
    expect(() => bench.local(octets)).toThrow('replayed')
    expect(() => bench.local(networkOperator.build(ECS42.command({ to: esme.id })).octets)).toThrow('notAuthorised')
    const damaged = supplier
      .build(ECS42.command({ to: esme.id }))
      .octets.map((octet, i, all) => (i === all.length - 1 ? octet ^ 1 : octet))
    expect(() => bench.local(damaged)).toThrow('badMac')
    expect(logged(esme, 'securityLog.buffer')).toContain(alerts.sourceDoesNotHaveAuthorityForCommand.code)
  })
  it('keeps commands from afar until the network is there', async () => {
    const { bench, hub, esme } = house()
    const { supplier, accessControlBroker: broker } = bench.parties
    bench.local(broker.build(bench.registration(hub, esme)).octets)
    bench.join(hub, esme)
    const answer = supplier.send(ECS52.command({ to: esme.id }))
    bench.wanUp(hub)
    expect((await answer).ok).toBe(true)
  })
})
