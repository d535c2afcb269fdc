import { GbcsError } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationMs } from './duration.js'
import { EventQueue } from './event-queue.js'
import { fraction, seededEntropy } from './seeded-entropy.js'
import { native } from '@smets2-sim/crypto'
import { VirtualTime } from './virtual-time.js'
import { World } from './world.js'

const virtual = (): World => {
  const world = new World(0)
  world.pacemaker = new VirtualTime(world)
  return world
}

describe('a queue of events', () => {
  it('gives them by time, those of the same time in their order, without the cancelled ones', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean())), (rows) => {
        const queue = new EventQueue()
        rows.forEach(([atMs, cancelled], i) => {
          const cancel = queue.add({ atMs, name: String(i), run: () => undefined })
          if (cancelled) cancel()
        })
        const expected = rows
          .map(([atMs, cancelled], i) => ({ atMs, cancelled, i }))
          .filter(({ cancelled }) => !cancelled)
          .sort((a, b) => a.atMs - b.atMs || a.i - b.i)
        const taken: string[] = []
        for (let event = queue.take(); event; event = queue.take()) taken.push(event.name)
        expect(taken).toEqual(expected.map(({ i }) => String(i)))
      }),
    )
  })
})

describe('virtual time', () => {
  it('passes only when somebody waits, and then in order', async () => {
    const world = virtual()
    const seen: (readonly [string, number])[] = []
    world.after(2000, 'b', () => seen.push(['b', world.nowMs]))
    world.after(1000, 'a', () => {
      seen.push(['a', world.nowMs])
      world.after(500, 'c', () => seen.push(['c', world.nowMs]))
    })
    world.after(5000, 'late', () => seen.push(['late', world.nowMs]))
    expect(seen).toEqual([])
    expect(await world.until(() => false, 3000)).toBe(false)
    expect(seen).toEqual([
      ['a', 1000],
      ['c', 1500],
      ['b', 2000],
    ])
    expect(world.nowMs).toBe(3000)
  })
  it('stops at what was waited for, before anything later happens', async () => {
    const world = virtual()
    const seen: number[] = []
    for (const at of [1000, 2000, 3000]) world.after(at, 'tick', () => seen.push(at))
    expect(await world.until(() => seen.length === 2, 9000)).toBe(true)
    expect([world.nowMs, seen]).toEqual([2000, [1000, 2000]])
  })
  it('lets several wait at the same time, each to its own end', async () => {
    const world = virtual()
    const order: string[] = []
    const wait = async (name: string, ms: number): Promise<void> => {
      await world.until(() => false, ms)
      order.push(`${name} at ${world.nowMs}`)
    }
    await Promise.all([wait('late', 5000), wait('early', 1000)])
    expect(order).toEqual(['early at 1000', 'late at 5000'])
  })
  it('does not hang on events that never get past a moment', async () => {
    const world = virtual()
    const again = (): void => void world.after(0, 'a restless timer', again)
    again()
    await expect(world.until(() => false, 1000)).rejects.toThrow(/a restless timer never gets past 0 ms/)
  })
  it('tells whoever waits that something broke down, and goes on', async () => {
    const world = virtual()
    world.after(10, 'broken', () => {
      throw new Error('broken')
    })
    await expect(world.until(() => false, 1000)).rejects.toThrow('broken')
    expect(await world.until(() => false, 2000)).toBe(false)
  })
  it('ends for those who wait when it is stopped', async () => {
    const world = virtual()
    const waiting = world.until(() => false, 1000)
    world.stop()
    await expect(waiting).rejects.toThrow(/closed/)
  })
})

describe('a duration', () => {
  it.each([
    [30, 30_000],
    ['30m', 1_800_000],
    ['1h 30m', 5_400_000],
    ['250ms', 250],
    ['1.5s', 1500],
    ['2d', 172_800_000],
  ])('%s is %i ms', (text, ms) => expect(durationMs(text)).toBe(ms))
  it.each(['', 'soon', '10', '-5s', '5x', -1, NaN])('%s is none', (text) =>
    expect(() => durationMs(text)).toThrow(GbcsError),
  )
})

describe('seeded randomness', () => {
  it('is the same for a seed and label, however it is cut, and another for others', () => {
    const all = seededEntropy(native, 1, 'a').bytes(100)
    const cut = seededEntropy(native, 1, 'a')
    expect(Uint8Array.from([...cut.bytes(33), ...cut.bytes(67)])).toEqual(all)
    expect(seededEntropy(native, 2, 'a').bytes(100)).not.toEqual(all)
    expect(seededEntropy(native, 1, 'b').bytes(100)).not.toEqual(all)
  })
  it('gives fractions from 0 to below 1, spread out', () => {
    const entropy = seededEntropy(native, 1, 'f')
    const drawn = Array.from({ length: 1000 }, () => fraction(entropy))
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    expect(drawn.filter((x) => x < 0.5).length).toBeGreaterThan(400)
    expect(drawn.filter((x) => x < 0.5).length).toBeLessThan(600)
  })
})
