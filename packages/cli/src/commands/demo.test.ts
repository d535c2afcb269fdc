import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { testIo } from '../io.fixture.js'
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
  it('knows its scenarios', async () => {
    const { io } = testIo()
    const program = new Command('smets2').exitOverride()
    addDemo(program, io)
    await expect(program.parseAsync(['demo', '--scenario', 'toString'], { from: 'user' })).rejects.toThrow(
      /no scenario toString, expected tour/,
    )
  })
})
