import { run as runProgram } from '../run.js'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { Command } from 'commander'
import { parseHomeFile } from '@smets2-sim/home'
import { describe, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
import { addServe, serveUntil } from './serve.js'

const example = new URL('../../../../fixtures/homes/fast.yaml', import.meta.url)

/** Until the text has this in it. */
async function until(text: () => string, wanted: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const found = wanted.exec(text())
    if (found) return found
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('smets2 serve', () => {
  it('serves a home until it is told to stop, and says where', async () => {
    const { io, written } = testIo()
    let stop: () => void = () => undefined
    const stopped = new Promise<void>((resolve) => (stop = resolve))
    const serving = serveUntil(stopped, parseHomeFile(readFileSync(example, 'utf8')), io, false)
    const [, port] = await until(() => written.out, /ready {2}tcp:\/\/127\.0\.0\.1:(\d+)/)
    expect(written.out).toMatch(/esme {3}0253494d[0-9a-f]{8}/)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('nonsense\r\n'))
      socket.once('data', (chunk: Buffer) => {
        socket.destroy()
        resolve(chunk.toString())
      })
    })
    expect(answer).toMatch(/^GBCS:ERROR#0:malformed: .*\r\n$/)
    stop()
    await serving
    await expect(
      new Promise((resolve, reject) => {
        connect(Number(port), '127.0.0.1', () => resolve('open')).once('error', reject)
      }),
    ).rejects.toThrow()
  })

  const run = (file: string): Promise<{ error: unknown; io: ReturnType<typeof testIo> }> => {
    const io = testIo({ files: { 'h.yaml': new TextEncoder().encode(file) } })
    const program = new Command('smets2').exitOverride()
    addServe(program, io.io)
    return program.parseAsync(['serve', 'h.yaml'], { from: 'user' }).then(
      () => ({ error: undefined, io }),
      (error: unknown) => ({ error, io }),
    )
  }
  it('names line and reason of what is wrong with the file', async () => {
    const { error } = await run('seed: 7\nwan:\n  - carrier pigeon\n')
    expect((error as Error).message).toMatch(/^h\.yaml:3: wan\.0: target "carrier pigeon": found no known scheme/)
  })
  it('says so when a capture cannot be written', async () => {
    const { io } = testIo()
    const file = parseHomeFile('commission: false\nwan: [tcp://127.0.0.1:0]\n')
    await expect(serveUntil(Promise.resolve(), file, io, true, { capture: '/there-is-none/x' })).rejects.toThrow(
      /no capture to \/there-is-none\/x: /,
    )
  })
  it('ends with exit code 1 when an end cannot be opened', async () => {
    const text = 'commission: false\nwan: [serial:/dev/there-is-none]\n'
    for (const command of ['serve', 'watch']) {
      const { io, written } = testIo({ files: { 'h.yaml': new TextEncoder().encode(text) } })
      expect(await runProgram([command, 'h.yaml'], io)).toBe(1)
      expect(written.err).toMatch(/^smets2: .*there-is-none/)
    }
  })
  it('ends with exit code 2 when there is no such file', async () => {
    const { io, written } = testIo()
    expect(await runProgram(['serve', 'none.yaml'], io)).toBe(2)
    expect(written.err).toMatch(/^smets2: .*cannot read none\.yaml/)
  })
})
