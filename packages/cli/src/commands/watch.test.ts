import { readFileSync } from 'node:fs'
import { utf8 } from '@smets2-sim/bytes'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
import type { Io } from '../io.js'
import { ihdScreen, ppmidScreen } from '../screen/screens.fixture.js'
import { addWatch, type HomeScreens } from './watch.js'

/** A home whose screens are these, one after the other. */
function homeOf(screens: readonly (HomeScreens | undefined)[]) {
  const home = { closed: 0, opened: 0, drawn: 0 }
  return {
    home,
    open: async () => {
      home.opened++
      return {
        screens: async () => screens[Math.min(home.drawn++, screens.length - 1)],
        close: async () => void home.closed++,
      }
    },
  }
}
async function watch(
  args: readonly string[],
  columns: number | undefined,
  screens: readonly (HomeScreens | undefined)[],
  pauses = Infinity,
) {
  const { io, written } = testIo()
  const { home, open } = homeOf(screens)
  const waited: number[] = []
  const program = new Command().exitOverride()
  addWatch(program, { ...io, columns } as Io, open, async (ms) => (waited.push(ms), waited.length >= pauses))
  await program.parseAsync(['watch', ...args], { from: 'user' })
  return { written, home, waited }
}

describe('smets2 watch', () => {
  it('prints the screens once in a pipe, without a character that moves the cursor', async () => {
    const { written, home, waited } = await watch([], undefined, [{ ihd: ihdScreen, ppmid: ppmidScreen }])
    expect(written.out).toContain('IN-HOME DISPLAY')
    expect(written.out).toContain('PREPAYMENT DISPLAY')
    expect(written.out).not.toContain('\x1b')
    expect([home.closed, home.opened, waited]).toEqual([1, 1, []])
  })
  it('draws anew every second on a terminal, until it is interrupted', async () => {
    const { written, home, waited } = await watch([], 80, [{ ihd: ihdScreen }], 3)
    expect(written.out.split('IN-HOME DISPLAY')).toHaveLength(4)
    expect(written.out.startsWith('\x1b[H')).toBe(true)
    expect([home.closed, home.opened, waited]).toEqual([1, 1, [1000, 1000, 1000]])
  })
  it('ends when the home is gone', async () => {
    const { written, home } = await watch([], 80, [{ ihd: ihdScreen }, undefined])
    expect(written.out.split('IN-HOME DISPLAY')).toHaveLength(2)
    expect(home.closed).toBe(1)
  })
  it('shows a home of its own in which people live, as the README does', async () => {
    const { io, written } = testIo()
    const program = new Command().exitOverride()
    addWatch(program, io)
    await program.parseAsync(['watch', '--width', '100'], { from: 'user' })
    expect(written.out).toContain('IN-HOME DISPLAY')
    expect(written.out).toContain('PREPAYMENT DISPLAY')
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8')
    const lines = written.out.split('\n').map((line) => line.trimEnd())
    expect(readme).toContain(lines.slice(0, 20).join('\n'))
  })
  it('shows the home of a file, and says what is wrong with one', async () => {
    const text = 'seed: 7\nelectricity: {}\nihd: true\nppmid: true\nwan: [tcp://127.0.0.1:0]\n'
    const files = { 'HOME.yaml': utf8(text), 'wrong.yaml': utf8('seed: seven\n') }
    const { io, written } = testIo({ files })
    const run = (path: string) => {
      const program = new Command().exitOverride()
      addWatch(program, io)
      return program.parseAsync(['watch', path], { from: 'user' })
    }
    await run('HOME.yaml')
    expect(written.out).toContain('IN-HOME DISPLAY')
    expect(written.out).toContain('PREPAYMENT DISPLAY')
    await expect(run('wrong.yaml')).rejects.toThrowError(/wrong\.yaml:1: seed/)
    await expect(run('none.yaml')).rejects.toThrowError(/cannot read none\.yaml/)
  })
  it('says that a home has no display', async () => {
    expect((await watch([], undefined, [{}])).written.out).toBe('This home has no display.\n')
  })
  it('takes the width that it is given, and no nonsense', async () => {
    const { written } = await watch(['--width', '30'], 80, [{ ihd: ihdScreen }], 1)
    // eslint-disable-next-line no-control-regex
    for (const line of written.out.replace(/\x1b\[[HJK]/g, '').split('\n')) expect(line.length).toBeLessThanOrEqual(30)
    for (const width of ['19', '1.5', 'wide'])
      await expect(watch(['--width', width], 80, [{}])).rejects.toThrowError(/expected 20 or more/)
  })
  it('closes the home when reading it fails', async () => {
    const { io } = testIo()
    let closed = 0
    const program = new Command().exitOverride()
    addWatch(program, io, async () => ({
      screens: () => Promise.reject(new Error('line broken')),
      close: async () => void closed++,
    }))
    await expect(program.parseAsync(['watch'], { from: 'user' })).rejects.toThrowError('line broken')
    expect(closed).toBe(1)
  })
})
