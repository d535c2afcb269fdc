import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '@smets2-sim/bytes'
import { HUB, message, testHome } from '../home.fixture.js'
import { deviceType } from '../joining/device-type.js'

const MINUTE = 60_000
const action = fc.oneof(
  fc.record({ down: fc.integer({ min: 1, max: 4000 }) }),
  fc.record({ up: fc.integer({ min: 1, max: 4000 }) }),
  fc.constant('cut' as const),
  fc.constant('mend' as const),
  fc.constant('restartDevice' as const),
  fc.constant('restartHub' as const),
  fc.record({ waitMs: fc.integer({ min: 1, max: 20 * MINUTE }) }),
)

/** The first arrival of each. */
const firsts = (all: readonly string[]): string[] => [...new Set(all)]

describe('the tunnel machines, in any history', () => {
  it.each([
    ['an electricity meter', deviceType.esme, false],
    ['a gas meter', deviceType.gsme, true],
  ])(
    'bring to and from %s what they say they brought, in order, and nothing twice unless power was lost',
    (_name, type, sleepy) => {
      fc.assert(
        fc.property(fc.integer(), fc.array(action, { maxLength: 20 }), (seed, history) => {
          const { time, air, hub, atHub, add } = testHome({ seed, link: { loss: 0.1, duplication: 0.2 } })
          const meter = add(2, type, {}, sleepy)
          expect(time.until(() => meter.device.state === 'joined', 60 * MINUTE)).toBe(true)
          time.advance(MINUTE)
          const sent = { down: [] as string[], up: [] as string[] }
          const delivered = { down: [] as string[], up: [] as string[] }
          let restarted = false
          let n = 0
          for (const each of history) {
            if (each === 'cut' || each === 'mend') air.link(HUB, meter.id, { reachable: each === 'mend' })
            else if (each === 'restartDevice') {
              restarted = true
              meter.device.power(false)
              time.advance(1000)
              meter.device.power(true)
            } else if (each === 'restartHub') {
              restarted = true
              hub.power(false)
              time.advance(1000)
              hub.power(true)
            } else if ('waitMs' in each) time.advance(each.waitMs)
            else {
              const direction = 'down' in each ? 'down' : 'up'
              const bytes = message('down' in each ? each.down : each.up, ++n)
              sent[direction].push(toHex(bytes))
              const done = (ok: boolean): void => void (ok && delivered[direction].push(toHex(bytes)))
              if (direction === 'down') hub.send(meter.id, bytes, done)
              else meter.device.send(bytes, done)
            }
          }
          air.link(HUB, meter.id, { reachable: true })
          time.advance(4 * 60 * MINUTE)

          for (const [direction, arrived] of [
            ['down', meter.texts()],
            ['up', atHub.map((each) => toHex(each.message))],
          ] as const) {
            const order = firsts(arrived)
            expect(order).toEqual(sent[direction].filter((text) => order.includes(text)))
            expect(delivered[direction].filter((text) => !order.includes(text))).toEqual([])
            if (!restarted) expect(arrived).toEqual(order)
          }
          // whatever happened: the next ones arrive
          hub.send(meter.id, message(2000, 250))
          meter.device.send(message(2000, 251))
          expect(time.until(() => meter.texts().at(-1) === toHex(message(2000, 250)), 60 * MINUTE)).toBe(true)
          expect(
            time.until(
              () => toHex(atHub.at(-1)?.message ?? new Uint8Array()) === toHex(message(2000, 251)),
              60 * MINUTE,
            ),
          ).toBe(true)
        }),
        { numRuns: 10 },
      )
    },
  )
})
