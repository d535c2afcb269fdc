import { fromHex } from '@smets2-sim/bytes'
import { decodeMessage, ECS17b } from '@smets2-sim/gbcs'
import { deviceIdOf, parseHomeFile, type ServedHome, serveHome } from '@smets2-sim/home'
import type { TcpTarget } from '@smets2-sim/serial'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
import { run } from '../run.js'

async function command(...args: readonly string[]) {
  const { io, written } = testIo()
  const code = await run(['command', ...args], io)
  return { code, ...written }
}

describe('smets2 command', () => {
  let served: ServedHome
  let send: string
  beforeAll(async () => {
    served = await serveHome(
      parseHomeFile('seed: 7\nelectricity: { activeImportWh: 4321 }\nwan: [tcp://127.0.0.1:0]\n'),
      { note: () => undefined, problem: () => undefined },
    )
    send = `tcp://127.0.0.1:${(served.wan[0] as TcpTarget).port}`
  })
  afterAll(() => served.close())

  it('builds a command of the party that may send it, to the device that executes it', async () => {
    const { code, out } = await command('ECS17b', '--seed', '7', '--counter', '5')
    const { originatorCounter, target, otherInformation, kind } = decodeMessage(fromHex(out.trim()))
    expect([code, kind, originatorCounter, target, otherInformation.messageCode]).toEqual([
      0,
      'command',
      5n,
      deviceIdOf(7, 'esme'),
      ECS17b.code,
    ])
  })
  it('sends it, and shows the response, verified and read', async () => {
    const { code, out } = await command('ECS17b', '--seed', '7', '--send', send)
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { from: 'esme', ok: true, value: { importRegisters: { activeImportWh: 4321 } } },
    ])
    expect((await command('ECS42', '--seed', '7', '--send', send)).code).toBe(0)
  })
  it.each([
    [['ECS99'], 2, 'smets2: no use case ECS99, expected one like ECS17b\n'],
    [['ECS17b', '--to', 'toaster'], 2, /expected one of chf, gpf/],
    [['ECS17b', '--fields', '{'], 2, /expected JSON/],
    [['ECS01b'], 2, /ECS01b needs a value for standingChargeUnitChargePassive/],
  ] as const)('says what is wrong with %j', async (args, expected, text) => {
    const { code, err } = await command(...args)
    expect(code).toBe(expected)
    expect(err).toMatch(text)
  })
  it('says so when there is no response, or nobody there', async () => {
    // keys of another seed: the meter does not know who this is
    const stranger = await command('ECS17b', '--seed', '8', '--send', send, '--timeout', '1')
    expect(stranger).toMatchObject({ code: 1, out: '' })
    expect(stranger.err).toMatch(/^smets2: timeout: no response to ECS17b/)
    expect(await command('ECS17b', '--send', 'tcp://127.0.0.1:1')).toMatchObject({ code: 1, out: '' })
  })
})
