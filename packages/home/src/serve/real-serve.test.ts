import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromHex, toHex } from '@smets2-sim/bytes'
import { CS02c, CS02d, decodeMessage, ECS17b, ECS42, ECS43 } from '@smets2-sim/gbcs'
import { FarEnd, type OutgoingCommand } from '@smets2-sim/parties'
import { ptyPair, type TcpTarget } from '@smets2-sim/serial'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { has } from '../../../serial/src/link/programs.fixture.js'
import {
  type HomeFile,
  linkStage,
  parseHomeFile,
  partiesOf,
  scenarios,
  type ServedHome,
  serveHome,
  show,
  siteOf,
} from '../index.js'

const quiet = { note: () => undefined, problem: () => undefined }
const open: { close(): Promise<void> }[] = []
const served = async (text: string, more: Partial<HomeFile> = {}): Promise<ServedHome> => {
  const one = await serveHome({ ...parseHomeFile(text), ...more }, quiet)
  open.push(one)
  return one
}
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const fast =
  'seed: 7\ntime: { start: 2026-01-01T00:00:00Z, speed: 3600 }\nelectricity: { activeImportWh: 5000 }\nwan: [tcp://127.0.0.1:0]\n'

/** Parties that know the home, for commands made by hand. */
const partiesFor = ({ premises }: ServedHome, firstCounter = 1000n): FarEnd => {
  const farEnd = new FarEnd({
    smki: premises.smki,
    firstCounter,
    wan: { exchange: () => Promise.resolve({ kind: 'timeout' }) },
  })
  for (const [name, id] of premises.ids) farEnd.inventory.addDevice(name, premises.smki.device(id))
  return farEnd
}
const line = ({ octets }: OutgoingCommand): string => `GBCS:DATA#0:${octets.length}:${toHex(octets).toUpperCase()}\r\n`

/** The message in a line. */
const octetsIn = (text = ''): Uint8Array => new Uint8Array(Buffer.from(text.slice(text.lastIndexOf(':') + 1), 'hex'))

/** The lines that come back for some text, until so many are there. */
function talk({ wan }: ServedHome, text: string, count: number): Promise<string[]> {
  const socket = connect((wan[0] as TcpTarget).port, '127.0.0.1')
  let heard = ''
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1')
      const lines = heard.split('\r\n').slice(0, -1)
      if (lines.length < count) return
      socket.destroy()
      resolve(lines)
    })
    socket.write(text)
  })
}

describe('a served home', () => {
  it('answers a line with the line of its response', async () => {
    const home = await served(fast)
    const { supplier } = partiesFor(home)
    const command = supplier.build(ECS17b.command({ to: home.premises.device('esme').id }))
    const [answer] = await talk(home, line(command), 1)
    const [, length, hex] = /^GBCS:DATA#0:(\d+):([0-9A-F]+)$/.exec(answer as string) as unknown as [
      string,
      string,
      string,
    ]
    expect(hex.length).toBe(2 * Number(length))
    const response = supplier.read(command, new Uint8Array(Buffer.from(hex, 'hex')))
    expect(response.value.importRegisters.activeImportWh).toBe(5000)
  })
  it('answers a malformed line with one error line, and nothing else happens', async () => {
    const home = await served(fast)
    let outcomes = 0
    home.premises.onOutcome = () => outcomes++
    const { supplier } = partiesFor(home)
    const good = supplier.build(ECS42.command({ to: home.premises.device('esme').id }))
    const lines = await talk(home, `GBCS:DATA#0:9:00\r\n${line(good)}`, 2)
    expect(lines[0]).toMatch(/^GBCS:ERROR#0:malformed: /)
    expect(lines[1]).toMatch(/^GBCS:DATA#0:/)
    expect(outcomes).toBe(1)
  })
  it('is silent about a command that a device refuses, and sends its alert', async () => {
    const home = await served(fast)
    const { networkOperator } = partiesFor(home)
    const [only] = await talk(
      home,
      line(networkOperator.build(ECS43.command({ to: home.premises.device('esme').id }))),
      1,
    )
    const alert = decodeMessage(new Uint8Array(Buffer.from((only as string).split(':')[3] as string, 'hex')))
    expect(alert).toMatchObject({ kind: 'alert', target: networkOperator.id })
  })
  it('leaves nothing running when those who listened and the home are gone', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    const home = await served(fast)
    const { supplier } = partiesFor(home)
    const command = supplier.build(ECS42.command({ to: home.premises.device('esme').id }))
    await talk(home, line(command), 1)
    expect(timers()).toBeGreaterThan(before)
    for (const one of open.splice(0).reverse()) await one.close()
    await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(before), 10_000)
  })
  it('keeps its state where the file says, over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'home-'))
    try {
      const first = await served(fast, { state: folder })
      // private keys may be in them
      for (const name of readdirSync(folder))
        expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
      const { supplier, networkOperator } = partiesFor(first)
      const esme = first.premises.device('esme').id
      const once = supplier.build(ECS42.command({ to: esme }))
      await talk(first, line(once), 1)
      await talk(first, line(networkOperator.build(ECS43.command({ to: esme }))), 1)
      const traces = first.premises.device('esme').log('securityLog.buffer')
      await first.close()

      const second = await served(fast, { state: folder })
      const device = second.premises.device('esme')
      expect(traces.length).toBeGreaterThan(0)
      expect(device.log('securityLog.buffer')).toEqual(traces)
      expect(device.device.anchors.get('networkOperator', 'digitalSignature')?.entityId).toBe(networkOperator.id)
      const reasons: string[] = []
      second.premises.onOutcome = (_device, outcome) =>
        reasons.push(outcome.kind === 'discarded' ? outcome.reason : outcome.kind)
      await talk(second, line(once), 1)
      expect(reasons).toEqual(['replayed'])
    } finally {
      for (const one of open.splice(0).reverse()) await one.close()
      rmSync(folder, { recursive: true })
    }
  })
  it('keeps keys that a device has made, over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'home-'))
    try {
      const first = await served(fast, { state: folder })
      const [{ supplier }, esme] = [partiesFor(first), first.premises.device('esme')]
      const order = supplier.build(CS02c.command({ to: esme.id, value: { keyUsage: 'digitalSignature' } }))
      const [answer] = await talk(first, line(order), 1)
      const request = supplier.read(order, octetsIn(answer)).value.value as Uint8Array
      const certificate = first.premises.smki.issueDeviceCertificate(request)
      await talk(first, line(supplier.build(CS02d.command({ to: esme.id, value: certificate }))), 1)
      await first.close()

      const second = await served(fast, { state: folder })
      const parties = partiesFor(second, 2000n)
      const enable = parties.supplier.build(ECS42.command({ to: esme.id }))
      const [signed] = await talk(second, line(enable), 1)
      expect(() => parties.supplier.read(enable, octetsIn(signed))).toThrow()
      parties.inventory.renew(certificate)
      expect(parties.supplier.read(enable, octetsIn(signed)).ok).toBe(true)
    } finally {
      for (const one of open.splice(0).reverse()) await one.close()
      rmSync(folder, { recursive: true })
    }
  })
  it('does not start when an end cannot be opened', async () => {
    const home = await served(fast)
    const taken = home.wan[0] as TcpTarget
    await expect(serveHome({ ...parseHomeFile(fast), wan: [taken] }, quiet)).rejects.toMatchObject({
      code: 'notOpened',
    })
  })
  it('speaks to a head end over the link alone', async () => {
    const home = await served(fast)
    const [target] = home.wan
    const stage = await linkStage({
      target: target as TcpTarget,
      config: home.premises.config,
      now: home.premises.world.now,
      speed: 3600,
    })
    try {
      const { supplier } = stage.parties
      for (let i = 0; i < 100; i++) supplier.nextCounter()
      const [one, two] = await Promise.all(
        [1, 2].map(() => supplier.send(ECS42.command({ to: home.premises.device('esme').id }))),
      )
      expect([one?.ok, two?.ok]).toEqual([true, true])
    } finally {
      await stage.close()
    }
  })
  it.skipIf(!has('socat', '-V'))('answers on a serial port too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pty-'))
    const [ours, theirs] = [join(folder, 'a'), join(folder, 'b')]
    const cable = await ptyPair(ours, theirs)
    try {
      const home = await served(fast.replace('tcp://127.0.0.1:0', `serial:${ours}`))
      const stage = await linkStage({
        target: { kind: 'serial', path: theirs, baudRate: 115_200, framing: 'gfi' },
        config: home.premises.config,
        now: home.premises.world.now,
        speed: 3600,
      })
      for (let i = 0; i < 100; i++) stage.parties.supplier.nextCounter()
      const response = await stage.parties.supplier.send(ECS42.command({ to: home.premises.device('esme').id }))
      expect(response.ok).toBe(true)
      await stage.close()
      for (const one of open.splice(0).reverse()) await one.close()
    } finally {
      await cable.close()
      rmSync(folder, { recursive: true })
    }
  })
  it.skipIf(!has('socat', '-V') || !has('gcc', '--version'))('serves the example for microcontrollers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'board-'))
    const [ours, theirs, example] = ['a', 'b', 'example'].map((name) => join(folder, name)) as [string, string, string]
    const source = new URL('../../../../fixtures/microcontroller/example.c', import.meta.url).pathname
    execFileSync('gcc', ['-std=c99', '-o', example, source])
    const cable = await ptyPair(ours, theirs)
    try {
      const home = await served(
        `seed: 7\nelectricity: { activeImportWh: 12345678 }\nreportS: 1\nwan: ["serial:${ours}?framing=slip"]\n`,
      )
      const { id } = home.premises.device('esme')
      const { octets } = partiesFor(home).supplier.build(ECS17b.command({ to: id }))
      const board = spawn(example, [theirs, toHex(octets)], { stdio: ['ignore', 'pipe', 'inherit'] })
      let said = ''
      for await (const chunk of board.stdout as AsyncIterable<Buffer>) said += chunk.toString()
      const [hello, taken, message = '', ...readings] = said.split('\n')
      expect([hello, taken]).toEqual(['hello from smets2-sim', 'frame 2: status 0 '])
      expect(message).toMatch(/^message of \d+ octets: DD /)
      const response = decodeMessage(fromHex(message.replace(/^.*: /, '').replaceAll(' ', '')))
      expect([response.kind, response.originator]).toEqual(['response', id])
      expect(readings).toEqual(['import 12345678 Wh', 'demand 0 W', ''])
      for (const one of open.splice(0).reverse()) await one.close()
    } finally {
      await cable.close()
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a scenario that is shown', () => {
  it('goes through the socket, and ends as it should', async () => {
    const lines: string[] = []
    const tour = scenarios['tour'] as (typeof scenarios)[string]
    expect(await show(tour, (text) => lines.push(text))).toEqual({ ok: true })
    expect(lines[1]).toMatch(/^The home listens at tcp:\/\/127\.0\.0\.1:\d+/)
    expect(lines.at(-1)).toBe('  everything was as it should be')
  })
})

describe('what an installer knows', () => {
  it('is enough to make the parties of a home', async () => {
    const home = await served(fast)
    const site = siteOf(home.premises)
    const farEnd = partiesOf(site, { exchange: () => Promise.resolve({ kind: 'timeout' }) })
    expect(farEnd.inventory.device(home.premises.device('esme').id).kind).toBe('esme')
  })
})
