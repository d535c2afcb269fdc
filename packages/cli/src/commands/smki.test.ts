import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eui64 } from '@smets2-sim/bytes'
import { fromPem, parseCertificate } from '@smets2-sim/crypto'
import { testSmki } from '@smets2-sim/parties'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
import { run } from '../run.js'

let dir: string
let io: ReturnType<typeof testIo>
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'smki-'))
  io = testIo()
})
afterEach(() => rmSync(dir, { recursive: true }))
const smki = (...args: string[]): Promise<number> => run(['smki', ...args, '--out', join(dir, 'new')], io.io)

it('writes the standard set of a seed and says how much', async () => {
  expect(await smki('--seed', '5')).toBe(0)
  expect(io.written.out).toBe(`82 files of seed 5 in ${dir}/new\n`)
  expect(readdirSync(join(dir, 'new')).sort()).toEqual([
    'contingency.key.pem',
    'devices',
    'index.json',
    'issuers',
    'organisations',
  ])
})
it('writes the organisations and devices that are named instead', async () => {
  await smki('--seed', '5', '--organisation', 'networkOperator=02-00-00-00-00-00-00-01', '--device', '0200000000000002')
  const read = (name: string) => fromPem('CERTIFICATE', readFileSync(join(dir, 'new', name), 'utf8'))
  const { certificates } = testSmki({ seed: 5 }).organisation('networkOperator', eui64('0200000000000001'))
  expect(read('organisations/0200000000000001-keyAgreement.pem')).toEqual(certificates.keyAgreement)
  expect(parseCertificate(read('devices/0200000000000002-digitalSignature.pem')).entityId).toBe('0200000000000002')
  expect(readdirSync(join(dir, 'new/organisations'))).toHaveLength(4)
})
it.each([
  ['a seed that is no number', ['--seed', 'x'], /whole number/],
  ['a negative seed', ['--seed', '-1'], /whole number/],
  ['no seed', [], /required option '--seed/],
  ['a role that is none', ['--seed', '1', '--organisation', 'root=0200000000000001'], /none of recovery/],
  ['an identifier that is none', ['--seed', '1', '--device', '0200'], /8 octets, found 2/],
])('refuses %s and writes nothing', async (_, args, message) => {
  expect(await smki(...args)).toBe(2)
  expect(io.written.err).toMatch(message)
  expect(existsSync(join(dir, 'new'))).toBe(false)
})
