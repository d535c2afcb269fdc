import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fromHex } from '@smets2-sim/bytes'
import { ncpPath, type Target } from '@smets2-sim/serial'
import { metering, prepayment, zclStatus } from '@smets2-sim/zcl'
import { afterEach, describe, expect, it } from 'vitest'
import { home, meteringView, parseHomeFile, type ServedHome, serveHome } from '../index.js'

const child = new URL('../../../serial/src/ncp/herdsman.child.mjs', import.meta.url).pathname
const problems: string[] = []
let served: ServedHome | undefined
afterEach(() => served?.close())

it('serves zigbee-herdsman: it reads from the stick what the meter has', async () => {
  served = await serveHome(
    parseHomeFile(
      'seed: 7\nelectricity: { activeImportWh: 12345678 }\nwan: [tcp://127.0.0.1:0]\nradio: tcp://127.0.0.1:0\n',
    ),
    { note: () => undefined, problem: (text) => problems.push(text) },
  )
  const { premises, radio } = served
  const esme = premises.device('esme') as unknown as { readonly id: string; load(load: { watts: number }): void }
  esme.load({ watts: 2300 })
  const { coordinator } = meteringView(premises)
  const settings = {
    path: ncpPath(radio as Target),
    channel: coordinator.channel,
    panId: coordinator.panId,
    extendedPanId: [...fromHex(coordinator.extendedPanId)],
    networkKey: [...coordinator.networkKey],
    attributes: ['currentSummDelivered', 'instantaneousDemand', 'multiplier', 'divisor', 'unitOfMeasure'],
  }
  const program = spawn(process.execPath, [child, JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const steps = new Map<string, Record<string, any>>()
  for await (const line of createInterface(program.stdout)) {
    const { step, ...seen } = JSON.parse(line) as { step: string }
    steps.set(step, seen)
    if (step === 'configured') esme.load({ watts: 1234 })
  }
  expect(steps.get('interviewed')).toMatchObject({
    status: 'successful',
    ieee: `0x${esme.id}`,
    manufacturer: 'smets2-sim',
    model: 'ESME',
    profile: 0x0109,
  })
  const values = steps.get('read')?.['values'] as Record<string, number>
  expect(values).toMatchObject({ instantaneousDemand: 2300, multiplier: 1, divisor: 1000, unitOfMeasure: 0 })
  // a load of 2.3 kW adds less than a watt-hour a second
  expect(values['currentSummDelivered']).toBeGreaterThanOrEqual(12_345_678)
  expect(values['currentSummDelivered']).toBeLessThan(12_345_678 + 60)
  expect(steps.get('reported')).toEqual({ values: { power: 1234 } })
  expect(steps.get('tunnel')?.['error']).toContain('UNSUPPORTED_CLUSTER')
  expect([...steps.keys()].at(-1)).toBe('stopped')
  expect(problems).toEqual([])
})

describe('the metering view', () => {
  it('has what meter and proxy serve, and nothing else', async () => {
    await using h = home({ seed: 7 }).electricity({ activeImportWh: 5 }).gas().build()
    const view = meteringView(h.premises)
    expect(view.devices().map(({ eui64 }) => eui64)).toEqual([h.esme.id, h.gpf.id])
    const { currentSummationDelivered: register } = metering.attributes
    const read = (id: typeof h.esme.id, endpoint: number, cluster: number) =>
      view.readAttributes(id, endpoint, cluster, [register.id])
    expect(read(h.esme.id, 1, metering.id)).toEqual([
      { id: 0, status: zclStatus.success, data: { type: register.type, value: 5 } },
    ])
    const none = [{ id: 0, status: zclStatus.unsupportedAttribute }]
    expect(read(h.esme.id, 2, metering.id)).toEqual(none)
    expect(read(h.esme.id, 1, 0x9999)).toEqual(none)
    expect(read(h.gsme.id, 1, metering.id)).toEqual(none)
  })
  it('reports after a change, at least so often, and no longer when nobody listens', async () => {
    await using h = home({ seed: 7 }).electricity().build()
    const view = meteringView(h.premises)
    const heard: unknown[] = []
    const stop = view.onEvent?.((event) => heard.push(event.kind === 'reported' && event.records[0]?.data.value))
    const { instantaneousDemand: power } = metering.attributes
    const wish = { attribute: power.id, type: power.type, minS: 5, maxS: 60, change: 100 }
    expect(view.configureReporting?.(h.esme.id, 1, metering.id, [wish, { ...wish, attribute: 0x7777 }])).toEqual([
      zclStatus.success,
      zclStatus.unsupportedAttribute,
    ])
    expect(view.configureReporting?.(h.esme.id, 1, prepayment.id, [{ ...wish, attribute: 0x7777 }])).toEqual([0x86])
    await h.advance('5s')
    h.esme.load({ watts: 50 })
    await h.advance('50s')
    expect(heard).toEqual([0])
    h.esme.load({ watts: 500 })
    await h.advance('6s')
    expect(heard).toEqual([0, 500])
    await h.advance('2m')
    expect(heard).toEqual([0, 500, 500, 500])
    stop?.()
    await h.advance('2m')
    expect(heard).toHaveLength(4)
  })
})
