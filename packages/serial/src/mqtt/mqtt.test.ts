import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { setImmediate as turn } from 'node:timers/promises'
import { join } from 'node:path'
import { GbcsError } from '@smets2-sim/bytes'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHandles } from '../link/handles.fixture.js'
import type { LinkError } from '../link/link-error.js'
import { has } from '../link/programs.fixture.js'
import { mqttBridge } from './bridge.js'
import { glowMessages, type HomeReadings } from './readings.js'

const price = { unitRatePoundsPerKwh: 0.2437219, standingChargePoundsPerDay: 0.5 }
const readings: HomeReadings = {
  time: 820_540_800, // 2026-01-01
  electricity: {
    time: 820_540_790,
    importKwh: { cumulative: 12_345.6784, day: 1.2, week: 10, month: 100.5 },
    exportKwh: 7,
    powerKw: 0.3,
    mpan: '1234567890123',
    supplier: 'Supplier A',
    price,
  },
  gas: {
    time: 820_539_000,
    importKwh: { cumulative: 500, day: 0, week: 1, month: 2 },
    importM3: { cumulative: 44.7, day: 0, week: 0.1, month: 0.2 },
    mprn: '1234567890',
    supplier: 'Supplier B',
    price,
  },
}
const mac = '90-b3-d5-1f-30-01-00-00'
const root = 'glow/90B3D51F30010000'

describe('readings as messages', () => {
  const [state, electricity, gas] = glowMessages(readings, mac).map(({ topic, payload }) => ({
    topic,
    payload: JSON.parse(payload) as unknown,
  }))
  it('have the form of the common consumer device', () => {
    expect(electricity).toEqual({
      topic: `${root}/SENSOR/electricitymeter`,
      payload: {
        electricitymeter: {
          timestamp: '2025-12-31T23:59:50Z',
          energy: {
            export: { cumulative: 7, units: 'kWh' },
            import: {
              cumulative: 12_345.678,
              day: 1.2,
              week: 10,
              month: 100.5,
              units: 'kWh',
              mpan: '1234567890123',
              supplier: 'Supplier A',
              price: { unitrate: 0.24372, standingcharge: 0.5 },
            },
          },
          power: { value: 0.3, units: 'kW' },
        },
      },
    })
    expect(gas).toMatchObject({
      topic: `${root}/SENSOR/gasmeter`,
      payload: {
        gasmeter: {
          energy: {
            import: {
              cumulative: 500,
              cumulativevol: 44.7,
              weekvol: 0.1,
              cumulativevolunits: 'm3',
              mprn: '1234567890',
            },
          },
        },
      },
    })
    expect(state).toMatchObject({
      topic: `${root}/STATE`,
      payload: { timestamp: '2026-01-01T00:00:00Z', ethmac: '90B3D51F30010000' },
    })
  })
  it('leave out a fuel that is not there', () => {
    expect(glowMessages({ time: 0 }, 'AABBCCDDEEFF').map(({ topic }) => topic)).toEqual(['glow/AABBCCDDEEFF/STATE'])
  })
  it.each(['', 'zz', '90b3', '#', '90b3d51f3001000000'])('refuse the MAC %j', (wrong) => {
    expect(() => glowMessages(readings, wrong)).toThrowError(GbcsError)
  })
})

describe.skipIf(!has('mosquitto', '-h'))('a bridge to a real broker', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mqtt-'))
  let port: number
  let broker: ChildProcess
  let listener: MqttClient

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    server.close()
    return typeof address === 'object' && address ? address.port : 0
  }
  async function start(): Promise<void> {
    writeFileSync(join(dir, 'broker.conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\n`)
    broker = spawn('mosquitto', ['-c', join(dir, 'broker.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
    for await (const chunk of broker.stderr as AsyncIterable<Buffer>) if (chunk.toString().includes('running')) return
  }
  async function stop(): Promise<void> {
    const gone = once(broker, 'exit')
    broker.kill()
    await gone
  }
  beforeAll(async () => {
    port = await freePort()
    await start()
    listener = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })
    await listener.subscribeAsync('glow/#')
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it('publishes each reading under its topic, and leaves no handle', async () => {
    const before = await openHandles()
    const bridge = await mqttBridge({ url: `mqtt://127.0.0.1:${port}`, mac })
    const heard: [string, string][] = []
    const all = new Promise<void>((resolve) =>
      listener.on('message', (topic, payload) => {
        if (heard.push([topic, payload.toString()]) === 3) resolve()
      }),
    )
    await bridge.publish(readings)
    await all
    expect(heard).toEqual(glowMessages(readings, mac).map(({ topic, payload }) => [topic, payload]))
    await bridge.close()
    await bridge.close()
    await expect(bridge.publish(readings)).rejects.toMatchObject({ code: 'closed' })
    expect(await openHandles()).toEqual(before)
  })
  it('keeps nothing for a broker that has gone away, and ends without it', async () => {
    const before = await openHandles()
    const bridge = await mqttBridge({ url: `mqtt://127.0.0.1:${port}`, mac })
    await listener.endAsync()
    await stop()
    while (
      await bridge.publish(readings).then(
        () => true,
        (error: LinkError) => error.code !== 'lost',
      )
    )
      await turn()
    await bridge.close()
    const after = await openHandles()
    for (const kind of Object.keys(after))
      expect([kind, after[kind]]).toEqual([kind, Math.min(after[kind] ?? 0, before[kind] ?? 0)])
  })
  it('says that there is no broker, and that a URL is none', async () => {
    await expect(mqttBridge({ url: `mqtt://127.0.0.1:${await freePort()}`, mac })).rejects.toMatchObject({
      code: 'notOpened',
      message: expect.stringMatching(/^no broker answers at 127.0.0.1:\d+: /) as unknown,
    })
    await expect(mqttBridge({ url: 'http://127.0.0.1', mac })).rejects.toThrowError(/expected mqtt:/)
    await expect(mqttBridge({ url: 'mqtt://127.0.0.1', mac: 'x' })).rejects.toThrowError(/expected a MAC/)
  })
})
