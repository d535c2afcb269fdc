import { fromIso } from '@smets2-sim/cosem'
import { display, type HanOutcome } from '@smets2-sim/firmware'
import { decodeFrame, demandResponse, messaging, metering, prepayment, price } from '@smets2-sim/zcl'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TestHome, ids } from './home.fixture.js'

const START = '2026-01-01T00:00:05Z'

describe('what is asked', () => {
  const asksOf = (home: TestHome, clusterId: number, attribute: number): number[] =>
    home.asked
      .filter((ask) => ask.clusterId === clusterId)
      .filter(({ octets }) => {
        const { commandId, frameControl, payload } = decodeFrame(octets)
        const ids = Array.from({ length: payload.length / 2 }, (_, i) => payload[2 * i]! + 256 * payload[2 * i + 1]!)
        return commandId === 0 && (frameControl & 3) === 0 && ids.includes(attribute)
      })
      .map(({ time }) => time - fromIso('2026-01-01T00:00:00Z'))

  it('is demand every 10 s, totals every minute, the past every half hour, in the order of the table', () => {
    const home = new TestHome(START)
    home.advance(3600)
    const { instantaneousDemand, currentDayConsumptionDelivered, previousDayConsumptionDelivered } = metering.attributes
    expect(asksOf(home, metering.id, instantaneousDemand.id).slice(0, 4)).toEqual([5, 10, 20, 30])
    expect(asksOf(home, metering.id, instantaneousDemand.id)).toHaveLength(361)
    expect(asksOf(home, metering.id, currentDayConsumptionDelivered.id).slice(0, 3)).toEqual([5, 60, 120])
    expect(asksOf(home, metering.id, previousDayConsumptionDelivered.id)).toEqual([5, 1800, 3600])
  })
  it('fits one frame each', () => {
    const home = new TestHome(START)
    const longest = { octets: 0 }
    home.network.onFrame = ({ octets }) => void (longest.octets = Math.max(longest.octets, octets.length))
    home.advance(60)
    expect(longest.octets).toBeLessThanOrEqual(70)
  })
})

describe('a display without its meter', () => {
  it('has nothing to show, and says why', () => {
    const home = new TestHome(START)
    home.ihd.join({})
    home.advance(60)
    expect(home.screen.electricity.unavailable.demandW).toBe('notJoined')
    expect(home.screen.gas.unavailable.today).toBe('notJoined')
    expect(Object.keys(home.screen.electricity).sort()).toEqual(['alerts', 'link', 'unavailable'])
  })
  it('waits for one that does not answer', () => {
    const home = new TestHome(START)
    home.network.setReachable(ids.esme, false)
    home.advance(60)
    expect(home.screen.electricity.link).toEqual({ state: 'searching' })
    expect(home.screen.electricity.unavailable.demandW).toBe('notReadYet')
    expect(home.screen.hub.state).toBe('connected')
  })
  it('shows after the second miss that the link is lost, and no demand; what it read before stays', () => {
    const home = new TestHome(START)
    home.esme.load(500)
    home.advance(60)
    const before = home.screen.electricity
    home.network.setReachable(ids.esme, false)
    home.advance(10)
    expect(home.screen.electricity).toMatchObject({ link: { state: 'doubtful' }, demandW: 500 })
    home.advance(10)
    expect(home.screen.electricity).toMatchObject({
      link: { state: 'lost', lastHeard: fromIso('2026-01-01T00:01:00Z') },
      unavailable: { demandW: 'linkLost', activePriceMillipencePerKwh: 'linkLost', ambient: 'linkLost' },
      today: before.today,
      balanceMillipence: before.balanceMillipence,
    })
    expect(home.screen.electricity.demandW).toBeUndefined()
    expect(home.screen.gas.link.state).toBe('connected')
  })
  it('asks for everything at once when it is back', () => {
    const home = new TestHome(START)
    home.advance(60)
    home.network.setReachable(ids.esme, false)
    home.advance(86_400)
    home.esme.load(800)
    home.network.setReachable(ids.esme, true)
    home.advance(display.RETRY_S)
    expect(home.screen.electricity).toMatchObject({
      link: { state: 'connected', bars: 5 },
      demandW: 800,
      unavailable: {},
    })
    expect(home.screen.electricity.previousDays?.[0]).toEqual({ energyWh: 0, costMillipence: 0 })
  })
  it('tries one thing every ten seconds while nobody answers, and others go on', () => {
    const home = new TestHome(START)
    home.network.setReachable(ids.esme, false)
    home.advance(100)
    expect(home.tries.get(ids.esme)).toBe(11)
    expect(home.screen).toMatchObject({ hub: { state: 'connected' }, gas: { link: { state: 'connected' } } })
  })
  it('shows how well it hears', () => {
    const home = new TestHome(START)
    home.advance(10)
    const barsAt = (quality: number): unknown => {
      home.network.setLinkQuality(ids.esme, quality)
      return home.screen.electricity.link.bars
    }
    expect([255, 205, 204, 52, 1, 0].map(barsAt)).toEqual([5, 5, 4, 2, 1, 0])
  })

  it('whatever the links do, shows what is true or says why not', () => {
    const happening = fc.oneof(
      fc.record({
        what: fc.constant('link' as const),
        id: fc.constantFrom(ids.esme, ids.gpf, ids.hub, ids.ihd),
        up: fc.boolean(),
      }),
      fc.record({ what: fc.constant('load' as const), watts: fc.integer({ min: 0, max: 9_000 }) }),
      fc.record({ what: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
    )
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
        const home = new TestHome(START)
        const down = new Set<string>()
        for (const one of happenings) {
          if (one.what === 'link') {
            if (one.up) down.delete(one.id)
            else down.add(one.id)
            home.network.setReachable(one.id, one.up)
          } else if (one.what === 'load') home.esme.load(one.watts)
          else home.advance(one.seconds)
          const { electricity } = home.screen
          expect((electricity.demandW === undefined) !== (electricity.unavailable.demandW === undefined)).toBe(true)
          expect(display.displayLink.states).toContain(electricity.link.state)
        }
        home.advance(2 * display.RETRY_S + 10)
        const { electricity } = home.screen
        if (down.has(ids.esme) || down.has(ids.ihd))
          expect(electricity.unavailable.demandW).toMatch(/^(linkLost|notReadYet)$/)
        else expect(electricity.demandW).toBe(home.esme.readings.activePowerImportW())
      }),
      { numRuns: 60 },
    )
  })
})

describe('the clock of a display', () => {
  it('is the hub’s, and goes on without it', () => {
    const home = new TestHome(START)
    expect(home.screen.time).toBeUndefined()
    home.advance(10)
    expect(home.screen.time).toBe(home.clock.time)
    home.network.setReachable(ids.hub, false)
    home.advance(600)
    expect(home.screen.time).toBe(home.clock.time)
    expect(home.screen.hub.state).toBe('lost')
  })
  it('is not set by a hub that is not sure of its time', () => {
    const home = new TestHome(START)
    home.hubIsSure = false
    home.advance(600)
    expect(home.screen.time).toBeUndefined()
  })
})

describe('messages of the supplier', () => {
  it('are shown until they are replaced or taken back, and confirmed to the meter', () => {
    const home = new TestHome(START)
    home.esme.message = { id: 7, text: 'Prices change' }
    home.advance(60)
    expect(home.screen.messages).toMatchObject([
      { fuel: 'electricity', id: 7, text: 'Prices change', isToConfirm: true, isConfirmed: false },
    ])
    home.ihd.confirmMessage('electricity', 7)
    expect(home.esme.confirmed).toEqual([7])
    home.advance(60)
    expect(home.screen.messages).toMatchObject([{ id: 7, isConfirmed: true }])
    home.esme.message = undefined
    home.advance(60)
    expect(home.screen.messages).toEqual([])
  })
  it('of gas are shown from their time until their end', () => {
    const home = new TestHome(START)
    const from = home.clock.time + 600
    home.gpf.gasMessage = { messageId: 1, text: new TextEncoder().encode('Meter check'), from, until: from + 120 }
    home.advance(599)
    expect(home.screen.messages).toEqual([])
    home.advance(1)
    expect(home.screen.messages).toMatchObject([{ fuel: 'gas', text: 'Meter check', from, until: from + 120 }])
    home.advance(120)
    expect(home.screen.messages).toEqual([])
  })
  it('that the meter does not have are not confirmed', () => {
    const home = new TestHome(START)
    home.advance(10)
    const outcomes: unknown[] = []
    home.ihd.confirmMessage('electricity', 99, (outcome) => outcomes.push(outcome))
    expect(outcomes).toEqual([{ kind: 'refused', status: 0x8b }])
    expect(home.esme.confirmed).toEqual([])
  })
})

describe('an in-home display controls nothing', () => {
  const commands = [
    { cluster: metering, name: 'localChangeSupply', fields: { proposedSupplyStatus: 2 } },
    {
      cluster: prepayment,
      name: 'selectAvailableEmergencyCredit',
      fields: { commandIssueDateTime: 0, originatingDevice: 2 },
    },
    { cluster: prepayment, name: 'consumerTopUp', fields: { originatingDevice: 2, topUpCode: new Uint8Array(20) } },
    { cluster: prepayment, name: 'setLowCreditWarningLevel', fields: { lowCreditWarningLevel: 1 } },
    { cluster: metering, name: 'resetLoadLimitCounter', fields: { providerId: 0, issuerEventId: 0 } },
    { cluster: demandResponse, name: 'getScheduledEvents', fields: { startTime: 0, numberOfEvents: 0 } },
  ] as const
  it.each(commands)('$name is refused and logged', (command) => {
    const home = new TestHome(START)
    const before = [...home.esme.device.items.entries()].filter(([name]) => name !== 'han.refused')
    const outcomes: HanOutcome<unknown>[] = []
    home.network.port(ids.ihd).command(ids.esme, command, undefined, (outcome) => outcomes.push(outcome))
    expect(outcomes).toEqual([{ kind: 'refused', status: 0x7e }])
    expect(home.esme.securityCodes).toEqual(['unauthorisedCommunicationAccessAttempted'])
    expect([...home.esme.device.items.entries()].filter(([name]) => name !== 'han.refused')).toEqual(before)
  })
  it('and no device that is not joined gets anything', () => {
    const home = new TestHome(START)
    const stranger = home.network.port(ids.gsme)
    const outcomes: unknown[] = []
    const priceNow = { cluster: price, name: 'getCurrentPrice', fields: { commandOptions: 0 } }
    stranger.read(ids.esme, metering, ['instantaneousDemand'], (outcome) => outcomes.push(outcome))
    stranger.command(ids.esme, priceNow, 'publishPrice', (outcome) => outcomes.push(outcome))
    stranger.command(
      ids.esme,
      { cluster: messaging, name: 'getLastMessage', fields: {} },
      'displayMessage',
      (outcome) => outcomes.push(outcome),
    )
    expect(outcomes).toEqual([
      { kind: 'answered', value: {} },
      { kind: 'refused', status: 0x7e },
      { kind: 'refused', status: 0x7e },
    ])
  })
})
