import { ECS17b, ECS52 } from '@smets2-sim/gbcs'
import { type FrameLink, serveLinks, tcp } from '@smets2-sim/serial'
import { afterEach, describe, expect, it } from 'vitest'
import { home, type Home } from '../index.js'

const ends: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end.close()
})

/** The meter of another home of the same seed, at a port: a device of a laboratory. */
async function laboratory(seed: number): Promise<{ readonly port: number; readonly twin: Home }> {
  const twin = home({ seed }).electricity({ activeImportWh: 777 }).build()
  const answer = (link: FrameLink): void =>
    void link.onFrame((frame) => {
      if (frame.type !== 'message') return
      const outcome = twin.premises.device('esme').receive(frame.message)
      if (outcome.kind === 'responded') void link.send({ type: 'message', seq: 1, message: outcome.response })
    })
  const end = await serveLinks(tcp('127.0.0.1', 0, { framing: 'slip' }), answer)
  ends.push(end)
  return { port: (end.target as { port: number }).port, twin }
}

describe('a device outside', () => {
  it('takes the place of one of the home', async () => {
    const { port } = await laboratory(7)
    await using h = home({ seed: 7 }).electricity({ activeImportWh: 5 }).build()
    expect((await h.supplier.send(ECS17b.command({ to: h.esme }))).value.importRegisters.activeImportWh).toBe(5)
    await h.attach('esme', tcp('127.0.0.1', port, { framing: 'slip' }), { speed: 1000 })
    expect((await h.supplier.send(ECS17b.command({ to: h.esme }))).value.importRegisters.activeImportWh).toBe(777)
    expect((await h.supplier.send(ECS52.command({ to: h.esme }))).ok).toBe(true)
  })
  it('must be there, and one of the home', async () => {
    await using h = home({ seed: 7 }).electricity().build()
    await expect(h.attach('gsme', tcp('127.0.0.1', 1))).rejects.toThrow('this home has no gsme')
    await expect(h.attach('esme', tcp('127.0.0.1', 1))).rejects.toMatchObject({ code: 'notOpened' })
  })
})
