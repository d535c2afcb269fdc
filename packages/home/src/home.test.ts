import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeMessage, ECS17b, ECS42, ECS43, ECS52, GCS32, GCS33, alerts } from '@smets2-sim/gbcs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceIdOf, home, type Home, replay, replayFile } from './index.js'

const whole = () =>
  home({ seed: 7, now: '2026-01-01T00:00:00Z' })
    .hub()
    .electricity({ activeImportWh: 12_345_678 })
    .gas()
    .ppmid()
    .ihd()
    .hcalcs()

/** GCS32: the valve closes now. */
const disableGas = (to: { readonly id: Home['gsme']['id'] }, now: number) =>
  GCS32.command({
    to,
    parts: [
      {
        item: 'changeSupply',
        fields: {
          providerId: 0,
          issuerEventId: now,
          requestDateTime: now,
          implementationDateTime: 0,
          proposedSupplyStatus: 0,
          supplyControlBits: 0,
        },
      },
    ],
  })

describe('a home as a user writes it', () => {
  it('is commissioned, read, left alone for a while, and refuses whom it must', async () => {
    await using h = await home({ seed: 7, now: '2026-01-01T00:00:00Z' })
      .hub()
      .electricity({ activeImportWh: 12_345_678 })
      .gas()
      .ppmid()
      .ihd()
      .commission()

    const r = await h.supplier.send(ECS17b.command({ to: h.esme }))
    expect(r.ok).toBe(true)
    expect(r.value.importRegisters.activeImportWh).toBe(12_345_678)

    h.esme.load({ watts: 3000 })
    await h.advance('30m')
    const later = await h.supplier.send(ECS17b.command({ to: h.esme }))
    expect(later.value.importRegisters.activeImportWh).toBe(12_345_678 + 1500)

    await expect(h.networkOperator.send(ECS43.command({ to: h.esme }))).rejects.toMatchObject({
      reason: 'notAuthorised',
    })
    const alert = await h.nextAlert(h.networkOperator)
    expect(alert).toMatchObject({ name: 'sourceDoesNotHaveAuthorityForCommand', from: h.esme.id })
    expect(h.esme.log('securityLog.buffer').at(-1)).toMatchObject({ code: alert.code })

    h.faults.drop({ from: 'esme', nth: 1 })
    await expect(h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS: 30 })).rejects.toMatchObject({
      reason: 'timeout',
    })
    expect((await h.supplier.send(ECS52.command({ to: h.esme }))).ok).toBe(true)
  })
  it('meters 100 W for 24 hours as 2,400 Wh', async () => {
    await using h = home({ seed: 3 }).electricity().build()
    h.esme.load({ watts: 100 })
    await h.advance('24h')
    const { value } = await h.supplier.send(ECS17b.command({ to: h.esme }))
    expect(value.importRegisters.activeImportWh).toBe(2400)
  })
  it('has a gas meter without a valve where it is to: that refuses what is for one', async () => {
    const disabled = async (valve: boolean): Promise<boolean> => {
      await using h = home({ seed: 3 }).gas({ valve }).build()
      return (await h.supplier.send(disableGas(h.gsme, h.now), { timeoutS: 7200 })).ok
    }
    expect([await disabled(true), await disabled(false)]).toEqual([true, false])
  })
  it('has identities of its seed', () => {
    const ids = [1, 2].map((seed) => deviceIdOf(seed, 'esme'))
    expect(new Set(ids).size).toBe(2)
    expect(home({ seed: 1 }).electricity().build().esme.id).toBe(ids[0])
  })
  it('says so when it has no such device', () => {
    expect(() => home().build().esme).toThrow(/no esme/)
    expect(() => home().build().idOf('ihd')).toThrow(/no ihd/)
  })
  it('knows nothing of the network operator before it is commissioned', async () => {
    await using h = home({ seed: 7 }).electricity().build()
    await expect(h.networkOperator.send(ECS17b.command({ to: h.esme }))).rejects.toMatchObject({
      reason: 'unknownOriginator',
    })
    await expect(h.supplier.send(ECS52.command({ to: h.gpf }))).rejects.toMatchObject({ reason: 'unknownMessageCode' })
  })
})

describe('the wide area network', () => {
  let h: Home
  beforeAll(async () => {
    h = await whole().commission()
  })
  afterAll(() => h[Symbol.asyncDispose]())

  it('keeps commands while it is down, and delivers each once when it is back', async () => {
    let executed = 0
    h.premises.onOutcome = () => executed++
    h.setWan(false)
    const answers = Promise.all([1, 2, 3].map(() => h.supplier.send(ECS42.command({ to: h.esme }))))
    await h.advance('1h')
    expect([executed, h.premises.wan.waiting.toHome]).toEqual([0, 3])
    h.setWan(true)
    expect((await answers).map(({ ok }) => ok)).toEqual([true, true, true])
    expect(executed).toBe(3)
    expect(h.premises.wan.waiting).toEqual({ toHome: 0, toParties: 0 })
  })
  it('keeps alerts while it is down, and delivers each once, in order', async () => {
    h.setWan(false)
    const known = h.supplier.alerts.length
    for (const name of ['supplyArmed', 'creditAddedLocally', 'supplyArmed'] as const) h.esme.raise(name)
    await h.advance('1d')
    expect(h.supplier.alerts).toHaveLength(known)
    h.setWan(true)
    await h.advance('1m')
    const came = h.supplier.alerts.slice(known)
    expect(came.map(({ name }) => name)).toEqual(['supplyArmed', 'creditAddedLocally', 'supplyArmed'])
    expect(new Set(came.map(({ originatorCounter }) => originatorCounter)).size).toBe(3)
    expect(h.supplier.rejected).toEqual([])
  })
  it('does not know devices of other homes', async () => {
    h.farEnd.inventory.addDevice('esme', h.premises.smki.device(deviceIdOf(99, 'esme')))
    await expect(h.supplier.send(ECS52.command({ to: deviceIdOf(99, 'esme') }))).rejects.toMatchObject({
      reason: 'notDelivered',
    })
  })
  it('lets a lost link be told by its silence', async () => {
    h.setReachable('esme', false)
    await expect(h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS: 60 })).rejects.toMatchObject({
      reason: 'timeout',
    })
    h.setReachable('esme', true)
    expect((await h.supplier.send(ECS52.command({ to: h.esme }))).ok).toBe(true)
  })
})

describe('a gas meter', () => {
  it('sleeps: what is for it waits at the hub until it wakes', async () => {
    await using h = await whole().commission()
    await h.advance(900 + 1800 - (h.now % 1800))
    const sent = h.now
    const reads = [1, 2].map(() =>
      h.supplier.send(GCS33.command({ to: h.gsme, parts: [{ item: 'readMetering', fields: {} }] })),
    )
    const responses = await Promise.all(reads)
    expect(responses.every(({ ok }) => ok)).toBe(true)
    expect(h.now - sent).toBe(900)
  })
})

describe('faults', () => {
  const read = (h: Home) => h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS: 60 })
  it('hit the message that they are for, and no other', async () => {
    await using h = await whole().commission()
    h.faults.drop({ to: 'esme', nth: 2 })
    expect((await read(h)).ok).toBe(true)
    await expect(read(h)).rejects.toMatchObject({ reason: 'timeout' })
    expect((await read(h)).ok).toBe(true)
  })
  it('corrupt a bit: the device refuses, whichever it is', async () => {
    await using h = await whole().commission()
    const octets = h.supplier.build(ECS42.command({ to: h.esme })).octets
    for (let bit = 0; bit < octets.length * 8; bit += 61) {
      h.faults.corrupt({ from: 'wan', bit })
      const error: unknown = await h.supplier
        .send(ECS42.command({ to: h.esme }), { timeoutS: 60 })
        .catch((e: unknown) => e)
      expect([bit, error instanceof Error]).toEqual([bit, true])
    }
    h.faults.corrupt({ from: 'esme' })
    await expect(read(h)).rejects.toThrow()
  })
  it('duplicate a command: it is executed once, and refused once', async () => {
    await using h = await whole().commission()
    const outcomes: string[] = []
    h.premises.onOutcome = (_device, { kind }) => outcomes.push(kind)
    h.faults.duplicate({ from: 'wan' })
    expect((await h.supplier.send(ECS42.command({ to: h.esme }))).ok).toBe(true)
    await h.advance('1m')
    expect(outcomes).toEqual(['responded', 'discarded'])
  })
  it('delay a message: it comes after those that were sent later', async () => {
    await using h = await whole().commission()
    h.faults.delay({ from: 'esme', by: '10s' })
    const order: number[] = []
    await Promise.all([1, 2].map((i) => read(h).then(() => order.push(i))))
    expect(order).toEqual([2, 1])
  })
  it('hit with a probability, the same for the same seed', async () => {
    const lost = async (): Promise<number[]> => {
      await using h = await whole().commission()
      h.faults.drop({ from: 'esme', times: 100, probability: 0.3 })
      const found: number[] = []
      for (let i = 0; i < 20; i++) await read(h).catch(() => found.push(i))
      return found
    }
    const first = await lost()
    expect(first.length).toBeGreaterThan(1)
    expect(first.length).toBeLessThan(15)
    expect(await lost()).toEqual(first)
  })
  it('end a single item of a command with a result', async () => {
    await using h = await whole().commission()
    h.faults.item(h.esme, 'attribute 1/0-0:0.2.1.255/2', 250)
    const response = await read(h)
    expect(response).toMatchObject({ ok: false, items: [{ name: 'firmwareVersion', result: 250 }] })
    expect((await read(h)).ok).toBe(true)
  })
})

describe('a device', () => {
  it('that is switched off and on goes on with its counters, credentials and traces', async () => {
    const kept = new Map<string, Uint8Array>()
    const store = (name: string) => ({ load: () => kept.get(name), save: (o: Uint8Array) => void kept.set(name, o) })
    await using h = await whole().parts({ store }).commission()
    await expect(h.networkOperator.send(ECS43.command({ to: h.esme }))).rejects.toThrow()
    const traces = h.esme.log('securityLog.buffer')
    expect(traces.length).toBeGreaterThan(0)
    const once = h.supplier.build(ECS42.command({ to: h.esme }))
    await h.supplier.exchange(once)
    h.powerCycle('esme')
    expect(h.esme.log('securityLog.buffer')).toEqual(traces)
    await expect(h.supplier.exchange(once)).rejects.toMatchObject({ reason: 'replayed' })
    expect((await h.supplier.send(ECS17b.command({ to: h.esme }))).value.importRegisters.activeImportWh).toBe(
      12_345_678,
    )
  })
  it('whose clock runs off says so in its responses’ time', async () => {
    await using h = await whole().commission()
    h.esme.driftClock(100)
    const { time } = await h.supplier.send(ECS17b.command({ to: h.esme }))
    expect((time?.time ?? 0) - h.now).toBeGreaterThan(90)
  })
  it('refuses a stimulus that nothing is known of', async () => {
    const h = whole().build()
    const explode = { kind: 'stimulus', device: 'esme', name: 'explode', args: [] } as const
    expect(() => h.premises.input(explode)).toThrow(/explode/)
    expect(() => h.esme.raise('nothing' as never)).toThrow(/no alert/)
  })
})

describe('a recording', () => {
  it('gives the same octets at the same times when it is replayed', async () => {
    await using h = await whole().commission()
    h.faults.drop({ from: 'esme', times: 10, probability: 0.5 })
    h.faults.corrupt({ from: 'wan', nth: 3 })
    for (let i = 0; i < 5; i++)
      await h.supplier.send(ECS42.command({ to: h.esme }), { timeoutS: 20 }).catch(() => undefined)
    h.setWan(false)
    h.esme.raise('supplyArmed')
    await h.advance('7m')
    h.setWan(true)
    h.faults.clear()
    await h.supplier.send(ECS17b.command({ to: h.esme }))
    await h.advance('2h')
    const recording = h.recording()
    const again = replay(recording)
    expect(again.difference).toBeUndefined()
    expect(again.identical).toBe(true)
    expect(again.outputs).toBeGreaterThan(25)
    expect(again.premises.device('esme').log('securityLog.buffer')).toEqual(h.esme.log('securityLog.buffer'))
  })
  it('is kept in a file, up to the end of the home', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'recording-'))
    const path = join(folder, 'run.smets2')
    try {
      {
        await using h = await whole().commission()
        await h.record(path)
        await h.supplier.send(ECS42.command({ to: h.esme }))
      }
      const again = await replayFile(path)
      expect(again).toMatchObject({ identical: true })
      expect(again.premises.device('esme').device.counters.current('supplier')).toBeGreaterThan(8n)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
  it('that is of another home does not replay', async () => {
    await using h = await whole().commission()
    const octets = h.recording()
    // another seed in the same place of the configuration
    const at = Buffer.from(octets).indexOf(Buffer.from('seed')) + 4
    const other = octets.slice()
    other[at] = (other[at] ?? 0) + 1
    const again = replay(other)
    expect(again.identical).toBe(false)
    expect(again.difference).toMatch(/message 1/)
  })
  it('is refused when it is none', () => {
    expect(() => replay(Uint8Array.of(1, 2, 3))).toThrow(/recording/)
    expect(() => replay(new Uint8Array(0))).toThrow(/recording/)
  })
})

describe('alerts', () => {
  it('go to the parties that they are for, verified', async () => {
    await using h = await whole().commission()
    const waiting = h.nextAlert(h.networkOperator, ({ code }) => code === alerts.overCurrent.code)
    h.esme.raise('overCurrent')
    const { message } = await waiting
    expect(decodeMessage(message.groupedOctets).kind).toBe('alert')
    await expect(h.nextAlert(h.supplier, () => false, '1h')).rejects.toThrow(/no such alert/)
  })
})

describe('a hand-held terminal', () => {
  it('brings commands without a network, with the same checks, and is part of a recording', async () => {
    await using h = await home({ seed: 8 }).electricity().commission()
    h.setWan(false)
    const command = h.supplier.build(ECS42.command({ to: h.esme }))
    const outcome = h.local('esme', command.octets)
    expect(outcome.kind === 'responded' && h.supplier.read(command, outcome.response).ok).toBe(true)
    expect(h.local('esme', command.octets)).toMatchObject({ kind: 'discarded', reason: 'replayed' })
    expect(h.local('chf', command.octets)).toMatchObject({ kind: 'discarded' })
    expect(() => h.local('ihd', command.octets)).toThrow(/no ihd/)
    await h.advance('1h')
    expect(h.premises.wan.waiting.toHome).toBe(0)
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
})
