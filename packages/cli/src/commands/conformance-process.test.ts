import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeSmki } from '@smets2-sim/parties'
import { ptyPair } from '@smets2-sim/serial'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { has } from '../../../serial/src/link/programs.fixture.js'
import { built, type Program, start } from '../process.fixture.js'
import { markupFault } from '../well-formed.fixture.js'

const rtdsDir = process.env['RTDS_DIR'] ?? new URL('../../../../../shared/rtds', import.meta.url).pathname
const rtds = existsSync(join(rtdsDir, 'index.json'))
if (!rtds) console.warn('no reference messages: the tests that send them to another process are skipped')

let dir: string
let device: Program | undefined
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'target-'))
  writeSmki(join(dir, 'keys'), 1)
})
afterEach(async () => {
  device?.stop('SIGKILL')
  await device?.ended
  device = undefined
  rmSync(dir, { recursive: true })
})

/** Starts a device; gives where it is. */
async function serve(...args: readonly string[]): Promise<string> {
  device = start('device', '--seed', '1', ...args)
  return /at (\S+)\n/.exec(await device.says(/at \S+\n/))?.[1] ?? ''
}
const conformance = (target: string, ...args: readonly string[]): Program['ended'] =>
  start('conformance', '--target', target, '--keys', join(dir, 'keys'), '--quiet', '40', '--json', ...args).ended
const resultOf = ({ out }: { readonly out: string }): any => JSON.parse(out)

describe.skipIf(!built)('conformance of a device in another process', () => {
  it('finds our own meter the same as its twin, over TCP, and writes its reports', async () => {
    const target = await serve('--listen', 'tcp://127.0.0.1:0')
    const [junit, html] = [join(dir, 'junit.xml'), join(dir, 'report.html')]
    const run = await conformance(target, '--junit', junit, '--html', html)
    expect([run.code, run.err]).toEqual([0, ''])
    const { exchanges, abuse, messages } = resultOf(run)
    expect(exchanges.identical).toBeGreaterThan(90)
    expect(exchanges.different).toEqual([])
    expect(abuse).toEqual({ tried: 24, accepted: 0 })
    expect(messages.total).toBeGreaterThan(exchanges.identical)
    expect(markupFault(readFileSync(junit, 'utf8'))).toBeUndefined()
    expect(markupFault(readFileSync(html, 'utf8'))).toBeUndefined()
    expect(readFileSync(junit, 'utf8').match(/<testcase classname="ECS/g)?.length).toBeGreaterThan(80)
    device?.stop()
    expect(await device?.ended).toMatchObject({ code: 0 })
  })
  it.skipIf(!rtds)('sends the reference commands over TCP, one run after the other', async () => {
    const target = await serve('--kind', 'gsme', '--listen', 'tcp://127.0.0.1:0')
    const args = ['--rtds', rtdsDir, '--kind', 'gsme', '--wrong', '4'] as const
    const run = await conformance(target, ...args)
    expect([run.code, run.err]).toEqual([0, ''])
    expect(resultOf(run).exchanges.identical).toBeGreaterThan(100)
    // the device has a past now that the twin has not: its counters are no hindrance
    const again = resultOf(await conformance(target, ...args, '--only', 'GCS38'))
    expect(again.exchanges.different).toEqual([])
    expect(again.exchanges.identical).toBeGreaterThan(0)
  })
  it.skipIf(!has('socat', '-V')).each(['gfi', 'slip'])(
    'finds it the same over a serial line that speaks %s',
    async (framing) => {
      const [a, b] = [join(dir, 'a'), join(dir, 'b')]
      const line = await ptyPair(a, b)
      try {
        await serve('--listen', `serial:${a}?framing=${framing}`)
        const run = await conformance(`serial:${b}`, '--framing', framing, '--wrong', '4', '--only', 'ECS1')
        expect([run.code, run.err]).toEqual([0, ''])
        expect(resultOf(run).exchanges.identical).toBeGreaterThan(10)
        device?.stop('SIGINT')
        expect(await device?.ended).toMatchObject({ code: 0 })
      } finally {
        await line.close()
      }
    },
  )
  it('says that nobody is there, and that a seed is none', async () => {
    const target = await serve('--listen', 'tcp://127.0.0.1:0')
    device?.stop()
    await device?.ended
    expect(await conformance(target)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^smets2: .*did not answer/),
    })
    const wrong = await start('device', '--seed', 'x', '--listen', target).ended
    expect(wrong).toMatchObject({ code: 2, out: '' })
    const nowhere = await start('device', '--seed', '1', '--listen', 'serial:/nothing/there').ended
    expect(nowhere).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^smets2: serial:.*does not open/) })
  })
})
