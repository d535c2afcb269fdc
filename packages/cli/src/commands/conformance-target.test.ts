import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulatedDevice } from '@smets2-sim/conformance'
import type { Device } from '@smets2-sim/firmware'
import { testSmki, writeSmki } from '@smets2-sim/parties'
import { describeTarget, type FrameLink, serveLinks, serveWan } from '@smets2-sim/serial'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
import { realEntropy, wallClock } from '../real-ports.js'
import { run } from '../run.js'
import { markupFault } from '../well-formed.fixture.js'

let dir: string
let close: () => Promise<void> = () => Promise.resolve()
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'target-'))
  writeSmki(dir, 1)
})
afterEach(async () => {
  await close()
  close = () => Promise.resolve()
  rmSync(dir, { recursive: true })
})

/** What a device makes of its response; it may take its time, or end the link. */
type Misbehaviour = (response: Uint8Array, link: FrameLink) => Promise<Uint8Array | undefined>
const never = (): Promise<undefined> => Promise.resolve(undefined)

/** A meter that misbehaves whenever it has a response; gives where it is. */
async function serve(misbehave: Misbehaviour): Promise<string> {
  const device: Device = simulatedDevice(testSmki({ seed: 1 }), 'esme', {
    clock: wallClock,
    entropy: realEntropy,
    link: { send: () => undefined },
  })
  const served = await serveLinks({ kind: 'tcp', host: '127.0.0.1', port: 0, framing: 'auto' }, (link) => {
    serveWan(link, (message) => {
      const outcome = device.receive(message)
      return outcome.kind === 'responded' ? misbehave(outcome.response, link) : never()
    })
  })
  close = () => served.close()
  return describeTarget(served.target)
}
async function conformance(...args: readonly string[]) {
  const { io, written } = testIo()
  const code = await run(['conformance', '--wrong', '0', '--only', 'ECS5', ...args], io)
  return { code, ...written }
}
/** Where something is not answered. */
const brief = ['--timeout', '500']
const against = (target: string, ...args: readonly string[]) => conformance('--target', target, '--keys', dir, ...args)

describe('a device over TCP that misbehaves is found out', () => {
  const flipped =
    (at: number): Misbehaviour =>
    async (octets) =>
      octets.map((octet, i) => (i === octets.length + at ? octet ^ 1 : octet))
  it.each<[string, Misbehaviour, RegExp]>([
    ['it flips an octet', flipped(-14), /content from octet \d+: found [0-9a-f]+, expected/],
    ['its MAC is wrong', flipped(-1), /the MAC is not authentic/],
    ['it does not answer', never, /no response within 500 ms/],
    ['it ends the link', (_, link) => link.close().then(never), /not sent: the link was lost/],
    ['it breaks down', () => Promise.reject(new Error('flash')), /the other end refused it, failed/],
  ])('%s', async (_, misbehave, reason) => {
    const [junit, html] = [join(dir, 'junit.xml'), join(dir, 'report.html')]
    const { code, out, err } = await against(await serve(misbehave), ...brief, '--junit', junit, '--html', html)
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(reason)
    expect(out).toMatch(/FAILED\n$/)
    for (const file of [junit, html]) {
      const text = readFileSync(file, 'utf8')
      expect(markupFault(text)).toBeUndefined()
      expect(text).toMatch(reason)
    }
  })
  it('it answers late', async () => {
    let release = (): void => undefined
    let count = 0
    const target = await serve(async (response) => {
      // the first response comes when the next command has come
      if (count++ === 0) await new Promise<void>((resolve) => (release = resolve))
      else release()
      return response
    })
    const { code, out } = await against(target, ...brief, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out).exchanges.different).toEqual([
      { scenario: 'ECS50', useCase: 'ECS50', reason: 'no response within 500 ms; a response came later' },
    ])
  })
  it('and one that behaves is not', async () => {
    const { code, out } = await against(await serve(async (response) => response))
    expect(out).toMatch(/exchanges +3 of 3 identical, 0 left out\n[^]*passed\n$/)
    expect(code).toBe(0)
  })
})

describe('a wrong command line has exit code 2 and one line:', () => {
  it.each([
    ['neither a folder nor a device', [], /found neither --rtds nor --target/],
    ['a device without its keys', ['--target', 'tcp://127.0.0.1:1'], /--target needs --keys/],
    ['a target that is none', ['--target', 'udp://127.0.0.1:1', '--keys', 'x'], /no known scheme/],
    ['keys that are not there', ['--target', 'tcp://127.0.0.1:1', '--keys', '/nothing'], /\/nothing does not exist/],
    [
      'a framing that is none',
      ['--target', 'tcp://127.0.0.1:1', '--framing', 'morse'],
      /Allowed choices are gfi, slip, auto/,
    ],
    ['a time that is none', ['--timeout', 'soon'], /expected a whole number/],
    ['a kind that executes nothing', ['--kind', 'tv'], /Allowed choices are/],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await conformance(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })
  it('keys with a mistake', async () => {
    const path = join(dir, 'keys.json')
    writeFileSync(path, JSON.stringify({ device: { id: '0253494d000000a2' } }))
    const { code, err } = await conformance('--target', 'tcp://127.0.0.1:1', '--keys', path)
    expect(code).toBe(2)
    expect(err).toBe(
      `smets2: ${path}.device.kind: found nothing, expected one of chf, gpf, esme, gsme, ppmid, ihd, hcalcs\n`,
    )
  })
})
