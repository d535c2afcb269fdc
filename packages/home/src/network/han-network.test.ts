import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSubGhz } from '@smets2-sim/chf'
import { fromIso } from '@smets2-sim/cosem'
import { eui64Bytes, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { CCS01, CCS02, ECS17b, ECS52, GCS13a, type CommandRequest } from '@smets2-sim/gbcs'
import { linkKeyOf } from '@smets2-sim/han'
import { afterAll, describe, expect, it } from 'vitest'
import { complaintsOf, dissect, hasTshark } from '../capture/tshark.fixture.js'
import { installCodeOf } from '../config/ids.js'
import { Home } from '../home.js'
import { deviceNames, home, Play, replay, scenarios, Transcript, virtualStage } from '../index.js'

const dir = mkdtempSync(join(tmpdir(), 'han-'))
afterAll(() => rmSync(dir, { recursive: true }))

const framed = (seed = 7) => home({ seed, now: '2026-01-01T00:00:00Z', network: 'han' })
const readGas = (h: Home): CommandRequest<any> =>
  GCS13a.command({ to: h.gsme, parts: [{ item: 'readMetering', fields: {} }] })

describe('the tour over frames', () => {
  it('ends as it should, and its capture has nothing malformed', async () => {
    const { tour } = scenarios
    if (!tour) throw new Error('there is no tour')
    await using h = new Home({ ...tour.home, network: 'han', now: fromIso('2026-01-01T00:00:00Z') })
    const { paths } = h.capture(join(dir, 'tour'))
    expect(paths).toEqual(['wan', 'han'].map((of) => join(dir, `tour.${of}.pcap`)))
    const transcript = new Transcript(() => undefined)
    const play = new Play(virtualStage(h), transcript)
    await tour.run(play)
    play.tallyAlerts()
    expect(transcript.counts).toMatchObject({ failures: 0 })
    if (!hasTshark) return
    const keys = deviceNames.flatMap((name) => [
      '-o',
      `uat:zigbee_pc_keys:"${toHex(linkKeyOf(native, installCodeOf(tour.home.seed, name)))}","Normal","link"`,
    ])
    const [, path = ''] = paths
    expect(complaintsOf(path, keys)).toEqual([])
    const messages = dissect(path, ['gbcs_message.grouping_header.message_code'], [...keys, '-Y', 'gbcs_message'])
    expect(new Set(messages.map((row) => Object.values(row)[0])).size).toBeGreaterThan(15)
  })
})

describe('a home of frames', () => {
  it('has its devices in the hub, with keys, once they have joined', async () => {
    await using h = await framed().electricity().gas().ppmid().ihd().hcalcs().commission()
    await h.advance('1m')
    const log = h.chf.device.items.entries()
    const entries = new Map(log).get('chf.deviceLog') as { deviceId: string; hashedLinkKey: Uint8Array }[]
    for (const name of ['esme', 'gsme', 'ppmid', 'ihd', 'hcalcs'] as const)
      expect([name, entries.find(({ deviceId }) => deviceId === h.idOf(name))?.hashedLinkKey.length]).toEqual([
        name,
        16,
      ])
  })
  it('reaches nobody before the hub has admitted him, nor with a wrong install code, nor when he was taken off', async () => {
    await using h = framed().electricity().ppmid().build()
    const ask = (timeoutS = 600) => h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS })
    await expect(ask()).rejects.toMatchObject({ reason: 'notDelivered' })
    const admit = (name: 'esme' | 'ppmid', deviceType: number, installCode: Uint8Array) =>
      h.accessControlBroker.send(
        CCS01.command({
          to: h.chf,
          deviceLogRegisterDevice: { deviceId: eui64Bytes(h.idOf(name)), keyType: 1, installCode, deviceType },
          deviceLogJoinTimeoutS: 600,
          deviceLogEnableDisableJoining: true,
        }),
      )
    await admit('ppmid', 132, new Uint8Array(16))
    await expect(h.accessControlBroker.send(ECS52.command({ to: h.ppmid }), { timeoutS: 900 })).rejects.toMatchObject({
      reason: 'timeout',
    })
    await admit('esme', 0, installCodeOf(7, 'esme'))
    expect((await ask()).ok).toBe(true)
    await h.accessControlBroker.send(CCS02.command({ to: h.chf, deviceLog: eui64Bytes(h.esme.id) }))
    await expect(ask()).rejects.toMatchObject({ reason: 'notDelivered' })
  })
  it('wakes its gas meter when it is time', async () => {
    await using h = await framed().gas({ consumptionL: 77 }).commission()
    const before = h.premises.world.nowMs
    const { value } = await h.supplier.send(readGas(h), { timeoutS: 7200 })
    expect(value.attributes['currentSummationDelivered']).toBe(77)
    expect(h.premises.world.nowMs - before).toBeGreaterThan(60_000)
    expect(h.premises.world.nowMs - before).toBeLessThan(1_900_000)
  })
  it('has a gas meter in the sub-GHz band, as the hub knows, and brings its data to the proxy', async () => {
    await using h = await framed().gas({ consumptionL: 77, band: 'subGHz' }).commission()
    expect(isSubGhz(h.chf.device, h.gsme.id)).toBe(true)
    h.gsme.setDemand(600)
    const frames = { '2.4GHz': 0, subGHz: 0 }
    h.premises.network.onFrame?.((_octets, _timeMs, band) => frames[band]++)
    await h.advance('3h')
    // in the other band there is nobody but the hub, which calls all
    expect(frames.subGHz).toBeGreaterThan(10 * frames['2.4GHz'])
    const { value } = await h.supplier.send(readGas(h), { timeoutS: 7200 })
    expect(value.attributes['currentSummationDelivered']).toBeGreaterThan(77 + 1500)
    expect(h.gpf.log('sampledData.profile').length).toBeGreaterThanOrEqual(5)
  })
  it('brings every message through a bad link, and none through a dead one', async () => {
    await using h = await framed().electricity({ activeImportWh: 5 }).ppmid().commission()
    h.faults.link('esme', { loss: 0.3, duplication: 0.3, reordering: 0.3, jitterMs: 5, latencyMs: 20 })
    let executed = 0
    h.premises.onOutcome = () => executed++
    for (let n = 0; n < 5; n++)
      expect((await h.supplier.send(ECS17b.command({ to: h.esme }))).value.importRegisters.activeImportWh).toBe(5)
    expect(executed).toBe(5)
    h.faults.link('esme', { loss: 0, duplication: 0, reordering: 0 })
    h.setReachable('esme', false)
    const ask = () => h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS: 60 })
    await expect(ask()).rejects.toMatchObject({ reason: 'timeout' })
    h.setReachable('esme', true)
    await h.advance('10m')
    expect((await ask()).ok).toBe(true)
  })
  it('loses nothing of what its gas meter tells the proxy, though the link is bad or away for hours', async () => {
    await using h = await framed().gas({ consumptionL: 1000 }).commission()
    h.gsme.setDemand(600)
    await h.advance('1h')
    h.faults.link('gsme', { loss: 0.4, duplication: 0.2 })
    await h.advance('5h')
    h.setReachable('gsme', false)
    await h.advance('3h')
    h.setReachable('gsme', true)
    h.faults.link('gsme', { loss: 0, duplication: 0 })
    await h.advance('2h')
    const profile = h.gpf.log('sampledData.profile') as { time: number }[]
    const times = profile.map(({ time }) => time)
    expect(times.length).toBeGreaterThan(18)
    for (const [i, time] of times.slice(1).entries()) expect(time - (times[i] as number)).toBe(1800)
  })
  it('has the faults of messages too', async () => {
    await using h = await framed().electricity().commission()
    const ask = (timeoutS = 60) => h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS })
    h.faults.drop({ from: 'esme' })
    await expect(ask()).rejects.toMatchObject({ reason: 'timeout' })
    h.faults.delay({ to: 'esme', by: '2m' })
    const before = h.now
    expect((await ask(600)).ok).toBe(true)
    expect(h.now - before).toBeGreaterThanOrEqual(120)
    h.faults.corrupt({ to: 'esme', bit: 900 })
    await expect(ask()).rejects.toThrow()
  })
  it('is the same again from the same seed, and in its replay', async () => {
    const story = async (seed: number) => {
      await using h = await framed(seed).electricity().commission()
      h.faults.link('esme', { loss: 0.2 })
      await h.supplier.send(ECS17b.command({ to: h.esme }))
      return { recording: h.recording(), at: h.premises.world.nowMs }
    }
    const [first, second, other] = [await story(7), await story(7), await story(8)]
    expect(second.at).toBe(first.at)
    expect(other.at).not.toBe(first.at)
    expect(replay(first.recording)).toMatchObject({ identical: true })
  })
})

describe('a home without frames', () => {
  it('has no links to make worse', async () => {
    await using h = home().electricity().build()
    expect(() => h.faults.link('esme', { loss: 0.1 })).toThrow(/network: han/)
    expect(() => h.faults.link('ppmid', {})).toThrow()
  })
})
