import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceStack } from '../device-stack.js'
import { code, HUB, id, testHome } from '../home.fixture.js'
import { node } from '../node.js'
import { withCrc } from '../security/install-code.js'
import { deviceType } from './device-type.js'
import { joinTable } from './join-table.js'

const HOUR_S = 3600
const DEVICE = id(2)

/** What a history can hold, and what the model must remember of it. */
const action = fc.oneof(
  fc.constant('register' as const),
  fc.constant('unregister' as const),
  fc.constant('join' as const),
  fc.constant('leave' as const),
  fc.constant('cut' as const),
  fc.constant('mend' as const),
  fc.constant('powerOff' as const),
  fc.constant('powerOn' as const),
  fc.record({ waitS: fc.integer({ min: 1, max: 3 * HOUR_S }) }),
)

describe('the join machine, in any history', () => {
  it.each([false, true])('moves along its table, joins only who may, and joins in the end (sleepy: %s)', (sleepy) => {
    fc.assert(
      fc.property(fc.integer(), fc.array(action, { maxLength: 25 }), (seed, history) => {
        const { time, air, hub, events } = testHome({ seed, link: { loss: 0.1 } })
        const states: string[] = ['idle']
        const device = deviceStack(node(air, { eui64: DEVICE, sleepy }), {
          tunnel: sleepy ? 'gas' : 'server',
          ...(sleepy && { gas: { reports: () => [] } }),
          onState: (state) => states.push(state),
        })
        let everRegistered = false
        const register = (): void => {
          everRegistered = true
          hub.register({
            eui64: DEVICE,
            deviceType: sleepy ? deviceType.gsme : deviceType.esme,
            installCode: code(2),
            joinTimeoutS: HOUR_S,
          })
        }
        for (const each of history) {
          if (each === 'register') register()
          else if (each === 'unregister') hub.unregister(DEVICE)
          else if (each === 'join') device.join(withCrc(code(2)))
          else if (each === 'leave') device.leave()
          else if (each === 'cut' || each === 'mend') air.link(HUB, DEVICE, { reachable: each === 'mend' })
          else if (each === 'powerOff' || each === 'powerOn') device.power(each === 'powerOn')
          else time.advance(each.waitS * 1000)
          if (!everRegistered) expect(events.some(({ kind }) => kind === 'joined')).toBe(false)
          expect(states.at(-1)).toBe(device.state)
        }
        for (let i = 1; i < states.length; i++)
          expect(Object.values(joinTable[states[i - 1] as keyof typeof joinTable])).toContain(states[i])

        // whatever happened: a device that is reset and let in again, and can be heard, joins
        air.link(HUB, DEVICE, { reachable: true })
        device.power(true)
        device.leave()
        hub.unregister(DEVICE)
        time.advance(10_000)
        register()
        device.join(withCrc(code(2)))
        expect(time.until(() => device.state === 'joined', 2 * HOUR_S * 1000)).toBe(true)
        // and who is taken off goes
        time.advance(60_000)
        hub.unregister(DEVICE)
        expect(time.until(() => device.state === 'idle', sleepy ? 31 * 60_000 : 5000)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})
