import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
import { markupFault } from '../well-formed.fixture.js'
import { addDemo } from './demo.js'

describe('smets2 demo', () => {
  it('shows the tour, and ends with a summary', async () => {
    const { io, written } = testIo()
    const program = new Command('smets2').exitOverride()
    addDemo(program, io)
    await program.parseAsync(['demo'], { from: 'user' })
    expect(io.exitCode).toBe(0)
    expect(written.out).toMatch(
      /ECS17b +supplier -> electricity meter +read the import registers +12,345\.678 kWh \(MAC, decrypted\)/,
    )
    expect(written.out).toMatch(/everything was as it should be\n$/)
    expect(written.out.split('\n').length).toBeLessThan(90)
  })
  it('captures what it shows', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'demo-'))
    try {
      const { io } = testIo()
      const program = new Command('smets2').exitOverride()
      addDemo(program, io)
      await program.parseAsync(['demo', '--network', 'han', '--capture', join(dir, 'tour')], { from: 'user' })
      const octets = readFileSync(join(dir, 'tour.wan.pcap'))
      expect(octets.readUInt32BE(20)).toBe(252)
      expect(octets.includes('gbcs_message')).toBe(true)
      expect(readFileSync(join(dir, 'tour.han.pcap')).readUInt32BE(20)).toBe(230)
      expect(io.exitCode).toBe(0)
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
  it('shows a day of prepayment, and writes its picture', async () => {
    const { io, written } = testIo()
    const program = new Command('smets2').exitOverride()
    addDemo(program, io)
    const dir = mkdtempSync(join(tmpdir(), 'smets2-'))
    try {
      const path = join(dir, 'day.svg')
      await program.parseAsync(['demo', '--scenario', 'prepayment-day', '--chart', path], { from: 'user' })
      expect(io.exitCode).toBe(0)
      expect(written.out).toMatch(
        /20:31 +CS01a +supplier -> electricity meter +top up by £5\.00 over the air +credited/,
      )
      expect(written.out).toContain(`chart: ${path}`)
      const svg = readFileSync(path, 'utf8')
      expect(markupFault(svg)).toBeUndefined()
      expect(svg).toContain('customer enables the supply')
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
  it('knows its scenarios', async () => {
    const { io } = testIo()
    const program = new Command('smets2').exitOverride()
    addDemo(program, io)
    await expect(program.parseAsync(['demo', '--scenario', 'toString'], { from: 'user' })).rejects.toThrow(
      /no scenario toString, expected tour/,
    )
  })
})
