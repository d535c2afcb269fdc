import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { eui64, fromHex, toHex, utf8 } from '@smets2-sim/bytes'
import { ECS17b, encodeMessage } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
import { run } from '../run.js'

const context = {
  originator: eui64('90b3d51f30010000'),
  target: eui64('00db1234567890a0'),
  originatorCounter: 2n ** 40n,
}
const octets = encodeMessage({
  kind: 'command',
  ...context,
  otherInformation: { messageCode: ECS17b.code },
  content: ECS17b.command({ to: context.target }).payload(context),
  mac: new Uint8Array(12).fill(0xab),
})
const hex = toHex(octets)
const base64 = Buffer.from(octets).toString('base64')
const expected = {
  kind: 'command',
  useCase: 'ECS17b',
  messageCode: '0x0027',
  originator: '90b3d51f30010000',
  target: '00db1234567890a0',
  originatorCounter: '1099511627776',
  signature: null,
  mac: 'ab'.repeat(12),
}

async function decode(argument: string, inputs: Parameters<typeof testIo>[0] = {}) {
  const { io, written } = testIo(inputs)
  return { code: await run(['decode', argument], io), ...written }
}

describe('smets2 decode', () => {
  it.each([
    ['hexadecimal digits', hex],
    ['with white space and capitals', ` ${hex.toUpperCase().replace(/(.{32})/g, '$1\n')}`],
    ['base64', base64],
    ['base64 in lines', base64.replace(/(.{64})/g, '$1\n')],
    ['a GFI line', `GBCS:DATA#0:${octets.length}:${hex.toUpperCase()}\r\n`],
  ])('reads %s', async (_, text) => {
    for (const result of [
      await decode(text),
      await decode('-', { stdin: utf8(text) }),
      await decode('@file', { files: { file: utf8(text) } }),
    ]) {
      expect(result).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse(result.out)).toMatchObject(expected)
    }
  })
  it('reads a file of the octets themselves', async () => {
    const { code, out } = await decode('@raw', { files: { raw: octets } })
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining(expected)])
  })
  it.each([
    ['a message cut short', hex.slice(0, -2)],
    ['an octet changed', `dd01${hex.slice(4)}`],
    ['an odd number of digits', hex.slice(1)],
    ['a GFI line of another length', `GBCS:DATA#0:${octets.length + 1}:${hex}`],
    ['a letter', 'Dear\nmeter,'],
    ['nothing', ' '],
    ['a file that is not there', '@nothing'],
  ])('refuses %s with exit code 2 and one line', async (_, text) => {
    const { code, out, err } = await decode(text)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^smets2: [^\n]+\n$/)
  })
})

describe('smets2', () => {
  it('exits with 2 for a command that it has not, and 0 for help', async () => {
    const { io, written } = testIo()
    expect(await run(['encode'], io)).toBe(2)
    expect(written.err).toContain('unknown command')
    expect(await run(['--help'], io)).toBe(0)
    expect(written.out).toContain('decode')
  })
})

const bin = new URL('../../bin/smets2.js', import.meta.url).pathname
const built = existsSync(new URL('../../dist/main.js', import.meta.url).pathname)
if (!built) console.warn('smets2 is not built (npm run build): its test as a process is skipped')

describe.skipIf(!built)('smets2 as a process', () => {
  it('decodes standard input', () => {
    const out = execFileSync(process.execPath, [bin, 'decode', '-'], { input: fromHex(hex), encoding: 'utf8' })
    expect(JSON.parse(out)).toMatchObject(expected)
  })
  it('exits with 2 for malformed input', () => {
    const run = (): unknown =>
      execFileSync(process.execPath, [bin, 'decode', 'dd'], { encoding: 'utf8', stdio: 'pipe' })
    expect(run).toThrowError(expect.objectContaining({ status: 2, stdout: '' }) as Error)
  })
})
