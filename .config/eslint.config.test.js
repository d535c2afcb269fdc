import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { rooms } from './rooms.js'

const root = new URL('..', import.meta.url).pathname
/** The rules of the project without types: the snippets are in no program. */
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: `${root}.config/eslint.config.js`,
  overrideConfig: tseslint.config(
    { files: ['**/*.ts'], extends: [tseslint.configs.disableTypeChecked] },
    { files: ['**/*.ts'], rules: { '@typescript-eslint/switch-exhaustiveness-check': 'off' } },
  ),
})

/** Names of the rules that a snippet breaks. */
async function broken(file, code) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: root + file })
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'syntax')
}

describe('imports between rooms', () => {
  const gbcs = 'packages/gbcs/src/use-cases/index.ts'
  it.each([
    ['up the house', gbcs, `export * from '@smets2-sim/firmware'`],
    ['by type', gbcs, `import type { Outcome } from '@smets2-sim/firmware'\nexport type O = Outcome`],
    ['of GBCS by the ZCL', 'packages/zcl/src/index.ts', `export * from '@smets2-sim/gbcs'`],
    ['of GBCS by COSEM', 'packages/cosem/src/index.ts', `export * from '@smets2-sim/gbcs'`],
    ['of messages by the cryptography', 'packages/crypto/src/index.ts', `export * from '@smets2-sim/zcl'`],
    ['of one device by another', 'devices/ihd/src/index.ts', `export * from '@smets2-sim/esme'`],
    ['of the network by a device', 'devices/gsme/src/index.ts', `export * from '@smets2-sim/han'`],
    ['of a device by a link', 'packages/serial/src/index.ts', `export * from '@smets2-sim/ppmid'`],
    ['of the command by the runner', 'packages/conformance/src/index.ts', `export * from '@smets2-sim/cli'`],
    ['of a file deep in a room', gbcs, `export * from '@smets2-sim/bytes/dist/reader.js'`],
    ['out of the room', gbcs, `export * from '../../../bytes/src/index.js'`],
    ['out of src, one step', 'packages/gbcs/src/index.ts', `export * from '../package.js'`],
  ])('are refused %s', async (_, file, code) => {
    expect(await broken(file, code)).toEqual(['no-restricted-imports'])
  })
  it('are refused as expressions too', async () => {
    expect(await broken(gbcs, `export const late = () => import('@smets2-sim/home')`)).toEqual(['no-restricted-syntax'])
    expect(await broken(gbcs, `export type Late = import('@smets2-sim/home').Home`)).toEqual(['no-restricted-syntax'])
    expect(await broken(gbcs, `export const late = () => import('@smets2-sim/bytes')`)).toEqual([])
  })
  it.each([
    [gbcs, `export * from '@smets2-sim/cosem'`],
    [gbcs, `export * from '../envelope/index.js'`],
    ['devices/ihd/src/index.ts', `export * from '@smets2-sim/firmware'`],
    ['packages/home/src/index.ts', `export * from '@smets2-sim/esme'`],
    ['packages/conformance/src/index.ts', `export * from '@smets2-sim/gpf'`],
    ['packages/cli/src/index.ts', `export * from '@smets2-sim/bench'`],
  ])('are allowed down the house: %s %s', async (file, code) => {
    expect(await broken(file, code)).toEqual([])
  })
})

describe('clocks, timers, randomness and sockets', () => {
  it.each([
    ['export const now = Date.now()', 'no-restricted-globals'],
    ['export const now = new Date()', 'no-restricted-globals'],
    ['export const now = performance.now()', 'no-restricted-globals'],
    ['setTimeout(() => undefined, 1)', 'no-restricted-globals'],
    ['setInterval(() => undefined, 1)', 'no-restricted-globals'],
    ['setImmediate(() => undefined)', 'no-restricted-globals'],
    ['export const id = crypto.randomUUID()', 'no-restricted-globals'],
    ['export const now = globalThis.Date.now()', 'no-restricted-properties'],
    ['export const now = process.hrtime()', 'no-restricted-properties'],
    ['export const chance = Math.random()', 'no-restricted-properties'],
    [`import { randomBytes } from 'node:crypto'\nexport const r = randomBytes(1)`, 'no-restricted-imports'],
    [`import * as crypto from 'crypto'\nexport const r = crypto`, 'no-restricted-imports'],
    [`import { setTimeout as wait } from 'node:timers/promises'\nexport const w = wait`, 'no-restricted-imports'],
    [`import { performance as p } from 'node:perf_hooks'\nexport const now = p`, 'no-restricted-imports'],
    [`import { connect } from 'node:net'\nexport const c = connect`, 'no-restricted-imports'],
    [`export const net = () => import('node:net')`, 'no-restricted-syntax'],
    [
      `import { p256 } from '@noble/curves/nist.js'\nexport const k = p256.utils.randomSecretKey()`,
      'no-restricted-syntax',
    ],
  ])('are refused below the edge: %s', async (code, rule) => {
    for (const file of ['packages/firmware/src/x.ts', 'devices/esme/src/x.ts', 'packages/home/src/world/clock.ts'])
      expect(await broken(file, code)).toContain(rule)
  })
  it.each([
    'packages/serial/src/link.ts',
    'packages/cli/src/commands/serve.ts',
    'packages/home/src/world/real-clock.ts',
    'packages/conformance/src/fuzz-main.ts',
    'bench/src/measure.ts',
  ])('are allowed in %s', async (file) => {
    const code = `import { randomBytes } from 'node:crypto'\nexport const now = Date.now() + Math.random() + randomBytes(1).length`
    expect(await broken(file, code)).toEqual([])
    expect(await broken(file, `export * from '@smets2-sim/nothing'`)).toEqual(['no-restricted-imports'])
  })
})

describe('the table of rooms', () => {
  const folders = ['packages', 'devices']
    .flatMap((folder) => readdirSync(root + folder).map((name) => `${folder}/${name}`))
    .concat('bench')
    .filter((folder) => existsSync(`${root}${folder}/package.json`))
  const nameOf = (folder) => folder.slice(folder.lastIndexOf('/') + 1)
  it('has every workspace', () => {
    expect(Object.keys(rooms).sort()).toEqual(folders.sort())
  })
  it('lets a room import only rooms above it in the table, so that no arrow points back', () => {
    const seen = []
    for (const [folder, allowed] of Object.entries(rooms)) {
      expect([folder, allowed.filter((name) => !seen.includes(name))]).toEqual([folder, []])
      seen.push(nameOf(folder))
    }
  })
  it('allows what each package declares as a dependency', () => {
    for (const folder of folders) {
      const { dependencies = {} } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'))
      const ours = Object.keys(dependencies).flatMap((name) => /^@smets2-sim\/(.+)$/.exec(name)?.[1] ?? [])
      expect([folder, ours.filter((name) => !(rooms[folder] ?? []).includes(name))]).toEqual([folder, []])
    }
  })
})
