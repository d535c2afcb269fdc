import { han, type HanPort } from '@smets2-sim/firmware'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ids, ServedEsme, testClock } from '../../esme/src/clusters/home.fixture.js'
import { ihd } from './ihd.js'

/** A display whose answers take their time, as on air: between one and `most` seconds, by a sequence of numbers. */
function slowHome(delays: readonly number[]) {
  const clock = testClock('2026-01-01T12:00:00Z')
  const network = new han.DirectHan()
  const esme = new ServedEsme(network, clock)
  const direct = network.port(ids.ihd)
  const waiting: { at: number; run: () => void }[] = []
  let count = 0
  let open = 0
  let mostOpen = 0
  const later =
    <T>(done: (outcome: T) => void) =>
    (outcome: T): void => {
      mostOpen = Math.max(mostOpen, ++open)
      const at = clock.time + (delays[count++ % delays.length] as number)
      waiting.push({ at, run: () => (open--, done(outcome)) })
    }
  const port: HanPort = {
    ...direct,
    read: (target, cluster, names, done) => direct.read(target, cluster, names, later(done)),
    command: (target, command, response, done) => direct.command(target, command, response, later(done)),
  }
  const display = ihd(ids.ihd, { clock, han: port })
  display.join({ electricity: ids.esme })
  const advance = (seconds: number): void => {
    for (const end = clock.time + seconds; clock.time < end; clock.time++) {
      for (const { run } of waiting.splice(0).filter((one) => one.at <= clock.time || !waiting.push(one))) run()
      if ((display.nextDue() ?? Infinity) <= clock.time) display.tick()
      expect(display.nextDue()).toBeGreaterThan(clock.time)
    }
  }
  return { esme, network, display, advance, mostOpen: () => mostOpen }
}

describe('a display on a slow network', () => {
  it('asks one thing after the other, and has everything in the end', () => {
    const home = slowHome([1])
    home.esme.load(700)
    home.advance(5)
    expect(home.display.screen.electricity.unavailable.supplier).toBe('notReadYet')
    home.advance(60)
    expect(home.display.screen.electricity).toMatchObject({ demandW: 700, supplier: 'Volt & Co', unavailable: {} })
    expect(home.mostOpen()).toBe(1)
  })
  it('does not take the answer of a meter that it has left for one of the next', () => {
    const home = slowHome([3])
    home.esme.load(700)
    home.advance(2)
    home.display.join({})
    home.display.join({ electricity: ids.gpf })
    home.advance(2)
    expect(home.display.screen.electricity.link.state).toBe('searching')
    expect(home.display.screen.electricity.demandW).toBeUndefined()
  })
  it('however long answers take, loses none and never asks two things at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 }), (delays) => {
        const home = slowHome(delays)
        home.esme.load(300)
        home.advance(400)
        expect(home.display.screen.electricity).toMatchObject({ link: { state: 'connected' }, demandW: 300 })
        expect(home.mostOpen()).toBeLessThanOrEqual(1)
      }),
      { numRuns: 30 },
    )
  })
})
