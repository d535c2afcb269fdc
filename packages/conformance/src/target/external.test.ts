import { ECS52, ECS17b, decodeMessage } from '@smets2-sim/gbcs'
import { FarEnd, testSmki } from '@smets2-sim/parties'
import { parseHomeFile, serveHome, deviceIdOf } from '@smets2-sim/home'
import { describeTarget, parseTarget, serveLinks, serveWan } from '@smets2-sim/serial'
import { expect, it } from 'vitest'
import { simulatedDevice } from './simulated-device.js'

it.each(['slip', 'gfi'])('a device outside takes the place of one of the home, over %s', async (framing) => {
  const seed = 7
  const smki = testSmki({ seed })
  const id = deviceIdOf(seed, 'esme')
  const alerts = new Set<(message: Uint8Array) => void>()
  const now = 820_540_800
  const device = simulatedDevice(
    smki,
    'esme',
    {
      clock: { now: () => now },
      entropy: { bytes: (count) => new Uint8Array(count) },
      link: { send: (message) => alerts.forEach((send) => send(message)) },
    },
    { id },
  )
  let executed = 0
  const outside = await serveLinks(parseTarget('tcp://127.0.0.1:0'), (link) =>
    serveWan(
      link,
      (message) => {
        const outcome = device.receive(message)
        if (outcome.kind === 'responded') executed++
        return Promise.resolve(outcome.kind === 'responded' ? outcome.response : undefined)
      },
      { alerts: (send) => (alerts.add(send), () => alerts.delete(send)) },
    ),
  )
  const problems: string[] = []
  const home = await serveHome(
    parseHomeFile(
      `seed: ${seed}\ntime: { start: 2026-01-01T00:00:00Z, speed: 1000 }\nelectricity:\ncommission: false\nwan: [tcp://127.0.0.1:0]\nexternal: { esme: '${describeTarget(outside.target)}?framing=${framing}' }\n`,
    ),
    { note: () => undefined, problem: (text) => problems.push(text) },
  )
  try {
    const parties = new FarEnd({ smki, wan: { exchange: (octets) => home.premises.exchange(octets, 3600) } })
    parties.inventory.addDevice('esme', smki.device(id))
    const unasked: Uint8Array[] = []
    // of the device: the hub of the home has said that it is commissioned
    home.premises.onUnasked((message) => {
      if (decodeMessage(message).originator !== home.premises.ids.get('chf')) unasked.push(message)
    })
    home.premises.onOutcome = ({ name }) => problems.push(`${name} of the home took it`)
    expect((await parties.supplier.send(ECS52.command({ to: id }))).ok).toBe(true)
    expect((await parties.supplier.send(ECS17b.command({ to: id }))).ok).toBe(true)
    expect(executed).toBe(2)
    // a command that the device must refuse: its alert comes through the home
    const forged = parties.supplier.build(ECS52.command({ to: id })).octets.slice()
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1
    await home.premises.exchange(forged, 60)
    expect(unasked.map((message) => decodeMessage(message)).map(({ kind, originator }) => [kind, originator])).toEqual([
      ['alert', id],
    ])
    expect(problems).toEqual([])
  } finally {
    await home.close()
    await outside.close()
  }
})
