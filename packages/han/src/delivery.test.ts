import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '@smets2-sim/bytes'
import { message, testHome } from './home.fixture.js'
import { deviceType } from './joining/device-type.js'

const MINUTE = 60_000
const conditions = fc.record({
  loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
  duplication: fc.double({ min: 0, max: 0.5, noNaN: true }),
  reordering: fc.double({ min: 0, max: 0.5, noNaN: true }),
  heldBackMs: fc.integer({ min: 0, max: 500 }),
  latencyMs: fc.integer({ min: 0, max: 100 }),
  jitterMs: fc.integer({ min: 0, max: 50 }),
})
const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 })

describe('whatever the link does within its conditions', () => {
  it.each([
    ['a meter that listens', deviceType.esme, false],
    ['a meter that sleeps', deviceType.gsme, true],
  ])('every message to and from %s arrives whole, once and in order', (_name, type, sleepy) => {
    fc.assert(
      fc.property(fc.integer(), conditions, sizes, fc.boolean(), (seed, link, lengths, encrypted) => {
        const { time, hub, atHub, add } = testHome({ seed, link, encrypted })
        const meter = add(2, type, {}, sleepy)
        expect(time.until(() => meter.device.state === 'joined', 300 * MINUTE)).toBe(true)
        const sent = lengths.map((length, n) => message(length, n))
        for (const each of sent) {
          hub.send(meter.id, each)
          meter.device.send(each)
        }
        time.until(() => meter.got.length >= sent.length && atHub.length >= sent.length, 300 * MINUTE)
        time.advance(10 * MINUTE)
        expect(meter.texts()).toEqual(sent.map(toHex))
        expect(atHub.map((each) => toHex(each.message))).toEqual(sent.map(toHex))
      }),
      { numRuns: 15 },
    )
  })
})
