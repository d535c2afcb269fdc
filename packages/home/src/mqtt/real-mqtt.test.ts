import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { has } from '../../../serial/src/link/programs.fixture.js'
import { home, parseHomeFile, readingsOf, serveHome } from '../index.js'

describe('the readings of a home', () => {
  it('are those of its display, and of the meters behind it', async () => {
    await using h = await home({ seed: 7, now: '2026-01-01T00:00:00Z' })
      .electricity({ activeImportWh: 12_345_000, activeExportWh: 7000 })
      .gas({ consumptionL: 4_200_000 })
      .ihd()
      .commission()
    h.esme.load({ watts: 2000 })
    await h.advance('1h')
    const { electricity, gas } = readingsOf(h.premises, h.ihd.screen)
    expect(electricity).toMatchObject({ powerKw: 2, exportKwh: 7 })
    expect(electricity?.importKwh.cumulative).toBeCloseTo(12_347, 0)
    expect(electricity?.importKwh.day).toBeCloseTo(2, 0)
    expect(gas?.importM3.cumulative).toBe(4200)
    expect(h.ihd.screen.gas.registerLitres).toBe(4_200_000)
  })
  it('have no gas that the proxy has not heard of', async () => {
    await using h = await home({ seed: 7 }).gas().ihd().commission()
    h.setReachable('gsme', false)
    const before = h.now
    void h.ihd.screen
    await h.advance('2h')
    expect(readingsOf(h.premises, h.ihd.screen).gas?.time ?? 0).toBeLessThanOrEqual(before)
  })
})

describe.skipIf(!has('mosquitto', '-h'))('a served home at a real broker', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mqtt-'))
  let port = 0
  let broker: ChildProcess
  beforeAll(async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as { port: number }).port
    server.close()
    writeFileSync(join(dir, 'broker.conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\n`)
    broker = spawn('mosquitto', ['-c', join(dir, 'broker.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
    for await (const chunk of broker.stderr as AsyncIterable<Buffer>) if (chunk.toString().includes('running')) return
  })
  afterAll(() => {
    broker.kill()
    rmSync(dir, { recursive: true })
  })

  it('publishes what its display shows', async () => {
    const listener = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })
    await listener.subscribeAsync('glow/#')
    const heard = new Promise<[string, any]>((resolve) =>
      listener.on('message', (topic, payload) => {
        if (topic.endsWith('electricitymeter')) resolve([topic, JSON.parse(payload.toString())])
      }),
    )
    const served = await serveHome(
      parseHomeFile(
        `seed: 7\nelectricity: { activeImportWh: 5000000 }\nihd: true\nwan: [tcp://127.0.0.1:0]\nmqtt: { url: 'mqtt://127.0.0.1:${port}', everyS: 1 }\n`,
      ),
      { note: () => undefined, problem: (text) => expect.fail(text) },
    )
    const [topic, { electricitymeter }] = await heard
    expect(topic).toBe(`glow/${served.premises.ids.get('ihd')?.toUpperCase()}/SENSOR/electricitymeter`)
    expect(electricitymeter.energy.import.cumulative).toBe(5000)
    await served.close()
    await listener.endAsync()
  })
  it('needs a display', async () => {
    const file = parseHomeFile(
      `wan: [tcp://127.0.0.1:0]\ncommission: false\nmqtt: { url: 'mqtt://127.0.0.1:${port}' }\n`,
    )
    await expect(serveHome(file, { note: () => undefined, problem: () => undefined })).rejects.toThrow(/ihd: true/)
  })
})
