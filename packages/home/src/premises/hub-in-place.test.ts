import { eui64Bytes, toHex } from '@smets2-sim/bytes'
import { hubLog } from '@smets2-sim/chf'
import {
  alerts,
  CCS01,
  CCS02,
  CCS06,
  craFlag,
  CS03A1,
  deviceType,
  ECS42,
  ECS52,
  GCS33,
  joinResult,
} from '@smets2-sim/gbcs'
import { networkOf, runningImage } from '@smets2-sim/firmware'
import type { Alert } from '@smets2-sim/parties'
import { describe, expect, it } from 'vitest'
import { deviceIdOf, type DeviceName, home, type Home, installCodeOf, replay } from '../index.js'
import { logNumbers } from './nodes.js'

const networks = ['direct', 'han'] as const
const DAY_S = 86_400
const alertsOf = (h: Home, name: Alert['name']): Alert[] =>
  h.farEnd.parties.flatMap((party) => party.alerts.filter((one) => one.name === name))
const events = (h: Home, device: 'chf' | 'esme' | 'gsme', log = 'eventLog.buffer'): number[] =>
  h[device].log(log).map(({ code }: { code: number }) => code)
const readValve = (h: Home, timeoutS = 7200) =>
  h.supplier.send(GCS33.command({ to: h.gsme, parts: [{ item: 'readMetering', fields: {} }] }), { timeoutS })
const readVersion = (h: Home, timeoutS = 60) => h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS })
const admit = (h: Home, name: keyof typeof logNumbers & DeviceName, installCode = installCodeOf(21, name)) =>
  h.accessControlBroker.send(
    CCS01.command({
      to: h.chf,
      deviceLogRegisterDevice: {
        deviceId: eui64Bytes(h.idOf(name)),
        keyType: 1,
        installCode,
        deviceType: logNumbers[name],
      },
      deviceLogJoinTimeoutS: 3600,
      deviceLogEnableDisableJoining: true,
    }),
  )

describe.each(networks)('a hub in a home (%s)', (network) => {
  const start = () => home({ seed: 21, network })

  it('keeps what is for the gas meter through a power cycle, and delivers each once', async () => {
    await using h = await start().gas().commission()
    // between two wakes
    await h.advance('1h')
    const executed: string[] = []
    h.premises.onOutcome = ({ name }, { kind }) => executed.push(`${name} ${kind}`)
    const answers = Promise.all([readValve(h), readValve(h)])
    await h.advance('5s')
    h.powerCycle('chf')
    await h.advance('10s')
    h.powerCycle('chf')
    expect((await answers).map(({ ok }) => ok)).toEqual([true, true])
    await h.advance('2h')
    expect(executed).toEqual(['gsme responded', 'gsme responded'])
    const code = alerts.immediateHanInterfaceCommandReceivedAndSuccessfullyActioned.code
    expect(events(h, 'chf').filter((one) => one === code).length).toBeGreaterThanOrEqual(2)
  })
  it('gives the electricity meter what was on its way when the power went: it is executed once', async () => {
    await using h = await start().electricity().commission()
    const executed: string[] = []
    h.premises.onOutcome = ({ name }, { kind }) => executed.push(`${name} ${kind}`)
    const answer = h.supplier.send(ECS42.command({ to: h.esme }), { timeoutS: 600 })
    // on its way from the hub: the wide area network takes a quarter of a second
    await h.premises.world.until(() => false, h.premises.world.nowMs + 251)
    h.powerCycle('chf')
    expect((await answer).ok).toBe(true)
    await h.advance('1h')
    // a radio that has it, of which the hub has not heard so, gets it again and refuses it
    expect(executed.filter((one) => one === 'esme responded')).toHaveLength(1)
    if (network === 'direct') expect(executed).toHaveLength(1)
    expect(alertsOf(h, 'failureToDeliverRemotePartyMessageToEsme')).toEqual([])
  })
  it('gives up after a day what the gas meter has not asked for, and says so', async () => {
    await using h = await start().gas().commission()
    h.setReachable('gsme', false)
    await expect(readValve(h, DAY_S - 60)).rejects.toMatchObject({ reason: 'timeout' })
    expect(alertsOf(h, 'gsmeCommandNotRetrieved')).toHaveLength(0)
    await h.advance('2m')
    expect(alertsOf(h, 'gsmeCommandNotRetrieved')).toHaveLength(1)
    h.setReachable('gsme', true)
    await h.advance('6h')
    expect((await readValve(h)).ok).toBe(true)
  })
  it('tells of a message that did not reach the electricity meter: whose it was, for whom, and which', async () => {
    await using h = await start().electricity().commission()
    h.setReachable('esme', false)
    const command = h.supplier.build(ECS52.command({ to: h.esme }))
    await expect(h.supplier.exchange(command, { timeoutS: 1200 })).rejects.toMatchObject({ reason: 'timeout' })
    const [alert, ...more] = alertsOf(h, 'failureToDeliverRemotePartyMessageToEsme')
    expect(more).toEqual([])
    const { originatorCounter } = command
    const octets = [...eui64Bytes(h.supplier.id), ...eui64Bytes(h.esme.id), craFlag('command')]
    const lost = toHex(Uint8Array.from(octets)) + originatorCounter.toString(16).padStart(16, '0')
    expect(lost).toHaveLength(50)
    expect(toHex(alert?.message.content ?? new Uint8Array(0))).toContain(lost)
    const { value } = await h.accessControlBroker.send(CCS06.command({ to: h.chf }))
    expect(value.deviceLog[0]?.transmissionFailures).toBeGreaterThan(0)
    h.setReachable('esme', true)
    await h.advance('1h')
    expect((await readVersion(h)).ok).toBe(true)
  })
  it('lets nobody on its network who was taken off its log, nor anybody with another install code', async () => {
    await using h = await start().electricity().ppmid().commission()
    expect((await readVersion(h)).ok).toBe(true)
    await h.accessControlBroker.send(CCS02.command({ to: h.chf, deviceLog: eui64Bytes(h.esme.id) }))
    await expect(readVersion(h)).rejects.toMatchObject({ reason: 'notDelivered' })
    h.replaceHub()
    await admit(h, 'esme', new Uint8Array(16))
    await expect(readVersion(h, 1200)).rejects.toMatchObject({ reason: 'timeout' })
    expect(h.chf.device.items.read(hubLog)[0]?.hashedLinkKey).toHaveLength(0)
  })
  it('that is replaced has another identity, loses what waited for the former one, and knows nobody', async () => {
    await using h = await start().electricity().gas().commission()
    const former = [h.chf.id, h.gpf.id]
    const waits = expect(readVersion(h, DAY_S)).rejects.toMatchObject({ reason: 'notDelivered' })
    h.removeHub()
    await h.advance('1h')
    h.replaceHub()
    await waits
    expect([h.chf.id, h.gpf.id, h.idOf('gpf')]).toEqual([
      deviceIdOf(21, 'chf', 1),
      deviceIdOf(21, 'gpf', 1),
      deviceIdOf(21, 'gpf', 1),
    ])
    expect(former).not.toContain(h.chf.id)
    await expect(readVersion(h)).rejects.toMatchObject({ reason: 'notDelivered' })
    await expect(readValve(h)).rejects.toMatchObject({ reason: 'notDelivered' })
    expect((await h.accessControlBroker.send(ECS52.command({ to: h.chf }))).ok).toBe(true)
    await expect(
      h.accessControlBroker.send(ECS52.command({ to: former[0] as never }), { timeoutS: 60 }),
    ).rejects.toMatchObject({ reason: 'notDelivered' })
    expect(events(h, 'esme').slice(-2)).toEqual([alerts.chDisconnectedFromEsme.code, alerts.chConnectedToEsme.code])
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
  it('has a meter that belongs to another network only when that was reset', async () => {
    await using h = await start().electricity().commission()
    expect(alertsOf(h, 'deviceJoinedSmhan')).toHaveLength(1)
    h.replaceHub()
    await admit(h, 'esme')
    await h.advance('30m')
    expect(h.chf.device.items.read(hubLog)[0]?.hashedLinkKey).toHaveLength(0)
    h.factoryReset('esme')
    expect(networkOf(h.esme.device)).toBeUndefined()
    await h.advance('10m')
    expect(h.chf.device.items.read(hubLog)[0]?.hashedLinkKey).toHaveLength(16)
    expect((await readVersion(h)).ok).toBe(true)
    await h.advance('1m')
    expect(alertsOf(h, 'deviceJoinedSmhan')).toHaveLength(2)
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
  it('keeps what waits for the wide area network through a power cycle', async () => {
    await using h = await start().electricity().commission()
    await h.advance('1m')
    h.setWan(false)
    h.esme.raise('supplyArmed')
    await h.advance('1m')
    expect(h.premises.wan.waiting.toParties).toBe(1)
    h.powerCycle('chf')
    await h.advance('1m')
    expect(alertsOf(h, 'supplyArmed')).toHaveLength(0)
    h.setWan(true)
    await h.advance('1m')
    expect(alertsOf(h, 'supplyArmed')).toHaveLength(1)
    expect(alertsOf(h, 'deviceCommissioned')).toHaveLength(1)
    expect((await readVersion(h)).ok).toBe(true)
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
})

describe('a hub on a bench', () => {
  it('serves everybody around it until it is told of somebody, and never after it was replaced', async () => {
    await using h = home({ seed: 21 }).electricity().ppmid().build()
    expect((await readVersion(h)).ok).toBe(true)
    await admit(h, 'ppmid')
    await expect(readVersion(h)).rejects.toMatchObject({ reason: 'notDelivered' })
    await admit(h, 'esme')
    expect((await readVersion(h)).ok).toBe(true)
    h.replaceHub()
    await expect(readVersion(h)).rejects.toMatchObject({ reason: 'notDelivered' })
  })
  it('is there, or is not', () => {
    const h = home({ seed: 21 }).electricity().build()
    h.removeHub()
    h.removeHub()
    expect(() => h.powerCycle('gpf')).toThrow(/no hub/)
    expect(() => h.local('chf', new Uint8Array(0))).toThrow(/not there/)
    expect(() => h.factoryReset('chf')).toThrow(/replaced/)
    for (let n = 0; n < 5; n++) h.replaceHub()
    expect(() => h.replaceHub()).toThrow(/5 at most/)
  })
})

describe('a device that is switched off and on', () => {
  it('goes on from what it held, without a store of its own', async () => {
    await using h = await home({ seed: 21 }).electricity().commission()
    const once = h.supplier.build(ECS42.command({ to: h.esme }))
    await h.supplier.exchange(once)
    h.powerCycle('esme')
    h.powerCycle('esme')
    await expect(h.supplier.exchange(once)).rejects.toMatchObject({ reason: 'replayed' })
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
  it.each(['esme', 'gsme', 'gpf', 'chf'] as const)('verifies its firmware: %s', async (name) => {
    await using h = await home({ seed: 21 }).electricity().gas().commission()
    const image = {
      octets: Uint8Array.of(1),
      manufacturerImageHash: new Uint8Array(32),
      firmwareVersion: new Uint8Array(4),
    }
    h[name].device.items.write(runningImage, image)
    const failures = (): number =>
      h[name]
        .log('securityLog.buffer')
        .filter(({ code }: { code: number }) => code === alerts.firmwareVerificationFailedAtPowerOn.code).length
    expect(failures()).toBe(0)
    h.powerCycle(name)
    expect(failures()).toBe(1)
  })
})

describe('a link key between two devices', () => {
  const join = (h: Home, timeoutS = 600) =>
    h.supplier.send(
      CS03A1.command({
        to: h.esme,
        value: {
          joinMethodAndRole: 0,
          otherDeviceEntityIdentifier: eui64Bytes(h.ppmid.id),
          otherDeviceType: deviceType.ppmid,
        },
      }),
      { timeoutS },
    )
  it('is there for those that the hub has admitted, where the network has frames', async () => {
    await using h = home({ seed: 21, network: 'han' }).electricity().ppmid().build()
    await admit(h, 'esme')
    expect((await join(h)).value).toBe(joinResult.noPartnerLinkKeyReceived)
    await admit(h, 'ppmid')
    expect((await join(h)).value).toBe(joinResult.success)
  })
})
