import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fromHex } from '@smets2-sim/bytes'
import { dataTypeId } from '@smets2-sim/zcl'
import { expect, it } from 'vitest'
import { ncpPath, serveNcp } from './serve.js'
import { coordinator, fixtureView, meterId } from './view.fixture.js'

interface Step {
  readonly step: string
  readonly [key: string]: unknown
}

it('serves zigbee-herdsman: it starts, lets a meter join, interviews it and reads it', async () => {
  const view = fixtureView()
  const problems: string[] = []
  const stick = await serveNcp({ kind: 'tcp', host: '127.0.0.1', port: 0, framing: 'auto' }, view, {
    onProblem: (text) => problems.push(text),
  })
  const settings = {
    path: ncpPath(stick.target),
    channel: 15,
    panId: coordinator.panId,
    extendedPanId: [...fromHex(coordinator.extendedPanId)],
    networkKey: [...coordinator.networkKey],
    attributes: ['currentSummDelivered', 'instantaneousDemand', 'multiplier', 'divisor', 'unitOfMeasure'],
  }
  const child = spawn(
    process.execPath,
    [new URL('./herdsman.child.mjs', import.meta.url).pathname, JSON.stringify(settings)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const steps: Step[] = []
  for await (const line of createInterface(child.stdout)) {
    const step = JSON.parse(line) as Step
    steps.push(step)
    if (step.step === 'configured')
      view.emit({
        kind: 'reported',
        device: meterId,
        endpoint: 1,
        cluster: 0x0702,
        records: [{ id: 0x0400, data: { type: dataTypeId.int24, value: 1234 } }],
      })
  }
  await stick.close()

  expect(steps).toEqual([
    {
      step: 'started',
      network: { panID: coordinator.panId, extendedPanID: '0xdddddddddddddddd', channel: 15, nwkUpdateID: 1 },
      version: expect.objectContaining({ type: 'ConBee2/RaspBee2' }) as unknown,
    },
    { step: 'coordinator', ieee: `0x${coordinator.eui64}`, endpoints: [1, 242] },
    {
      step: 'interviewed',
      status: 'successful',
      ieee: `0x${meterId}`,
      type: 'Router',
      manufacturer: 'SMETS2',
      model: 'ESME',
      profile: 0x0109,
      deviceId: 0x0500,
      inputClusters: [0x0000, 0x0702],
    },
    {
      step: 'read',
      values: {
        currentSummDelivered: 12_345_678,
        instantaneousDemand: 3000,
        multiplier: 1,
        divisor: 1000,
        unitOfMeasure: 0,
      },
    },
    { step: 'converted', values: { power: 3000, energy: 12_345.678 } },
    { step: 'configured' },
    { step: 'reported', values: { power: 1234 } },
    { step: 'tunnel', error: expect.stringContaining('UNSUPPORTED_CLUSTER') as unknown },
    { step: 'nobody', error: expect.stringContaining('MacNoAck') as unknown },
    { step: 'stopped' },
  ])
  expect(view.wishes).toEqual([{ attribute: 0x0400, type: dataTypeId.int24, minS: 5, maxS: 3600, change: 10 }])
  expect(view.permitted).toEqual([60, 0])
  expect(view.listening()).toBe(0)
  expect(problems).toEqual([])
})
