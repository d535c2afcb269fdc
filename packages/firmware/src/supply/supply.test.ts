import { fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mermaid } from '../machine/machine.js'
import {
  type LoadLimit,
  type LoadLimitSettings,
  newLoadLimit,
  nextLoadLimitTime,
  observeLoad,
  resetLoadLimitCounter,
} from './load-limit.js'
import type { ElectricitySupplyState, GasSupplyState, SupplyEvent, SupplyState } from './machines.js'
import {
  controlStateOf,
  loadSwitch,
  orderOfProposedStatus,
  orderOfScript,
  type Supply,
  type SupplyOrder,
  supplyRefusalResults,
  valve,
} from './supply.js'

const free = { creditForbids: false, hasSwitch: true }
const poor = { creditForbids: true, hasSwitch: true }

/** What happens to one supply, by a name. */
const walk = <S extends SupplyState>(supply: Supply<S>, from: S, ...events: SupplyEvent[]): S =>
  events.reduce((state, event) => supply.on(state, event).state, from)

describe('electricity', () => {
  it('is disabled, armed and enabled by command, each twice without harm', () => {
    let state: ElectricitySupplyState = 'enabled'
    const order = (what: SupplyOrder) => {
      const outcome = loadSwitch.order(state, what, free)
      state = outcome.state
      return [outcome.kind, controlStateOf(state), ...outcome.raised]
    }
    expect(order('disable')).toEqual(['done', 'disabled'])
    expect(order('disable')).toEqual(['done', 'disabled'])
    expect(order('arm')).toEqual(['done', 'armed', 'supplyArmed'])
    expect(order('arm')).toEqual(['done', 'armed'])
    expect(order('enable')).toEqual(['done', 'enabled'])
    expect(order('enable')).toEqual(['done', 'enabled'])
    expect(order('arm')).toEqual(['refused', 'enabled'])
  })
  it('that credit has disabled is armed by a top-up or emergency credit, and enabled by the user', () => {
    const off = loadSwitch.on('enabled', 'creditExhausted')
    expect(off).toEqual({ state: 'disabledByCredit', raised: [] })
    expect(loadSwitch.on(off.state, 'creditRestored')).toEqual({ state: 'armed', raised: ['supplyArmed'] })
    const armed = loadSwitch.on(off.state, 'emergencyCreditActivated')
    expect(armed.raised).toEqual(['supplyDisabledThenArmedActivateEmergencyCreditTriggered'])
    expect(loadSwitch.userEnables(armed.state, free)).toMatchObject({ kind: 'done', state: 'enabled' })
    expect(loadSwitch.userEnables(off.state, free)).toMatchObject({ reason: 'notArmed' })
  })
  it('is not turned on by any command while credit is exhausted', () => {
    for (const state of loadSwitch.machine.states)
      for (const order of ['enable', 'arm'] as const) {
        const outcome = loadSwitch.order(state, order, poor)
        if (controlStateOf(state) === 'disabled') expect(outcome).toMatchObject({ reason: 'creditExhausted', state })
      }
    expect(loadSwitch.userEnables('armed', poor)).toMatchObject({ reason: 'creditExhausted', state: 'armed' })
  })
  it('that was disabled by command stays so, whatever the credit, the load or the user do', () => {
    const others = loadSwitch.machine.events.filter((event) => event !== 'enableCommand' && event !== 'armCommand')
    expect(walk(loadSwitch, 'disabledByCommand', ...others)).toBe('disabledByCommand')
  })
  it('that tampering has locked is released by command only', () => {
    const locked = loadSwitch.on('enabled', 'tamper')
    expect(locked).toEqual({ state: 'locked', raised: ['supplyDisabledThenLockedSupplyTamperStateCause'] })
    expect(walk(loadSwitch, 'locked', 'creditRestored', 'userEnables', 'restorationPeriodElapsed')).toBe('locked')
    expect(loadSwitch.order('locked', 'arm', free).state).toBe('armed')
  })
  it('without a load switch answers every order with the same refusal', () => {
    for (const order of ['enable', 'disable', 'arm'] as const)
      expect(loadSwitch.order('enabled', order, { ...free, hasSwitch: false })).toEqual({
        kind: 'refused',
        reason: 'noSwitch',
        state: 'enabled',
        raised: [],
      })
  })
})

describe('gas', () => {
  it('is disabled and armed from afar, and never enabled', () => {
    expect(valve.order('enabled', 'disable', free)).toMatchObject({ kind: 'done', state: 'disabledByCommand' })
    expect(valve.order('disabledByCommand', 'arm', free)).toMatchObject({ kind: 'done', state: 'armed' })
    for (const state of valve.machine.states)
      expect(valve.order(state, 'enable', free)).toMatchObject({ kind: 'refused', reason: 'neverRemotely', state })
  })
  it('is enabled by the user, and armed again when the flow is uncontrolled', () => {
    const opened = valve.userEnables('armed', free)
    expect(opened).toMatchObject({ kind: 'done', state: 'proving' })
    expect(controlStateOf(opened.state)).toBe('enabled')
    expect(valve.on('proving', 'flowProven').state).toBe('enabled')
    expect(valve.on('proving', 'uncontrolledFlow')).toEqual({
      state: 'armed',
      raised: ['supplyDisabledThenArmedUncontrolledGasFlowRate'],
    })
  })
  it('is closed by a flat battery, and armed when there is power again', () => {
    expect(walk(valve, 'enabled', 'depletion')).toBe('depleted')
    expect(valve.on('depleted', 'powerRestored')).toEqual({ state: 'armed', raised: ['supplyArmed'] })
    expect(walk(valve, 'enabled', 'disableCommand', 'depletion', 'powerRestored')).toBe('disabledByCommand')
    expect(walk(valve, 'enabled', 'depletion', 'creditExhausted', 'powerRestored')).toBe('disabledByCredit')
  })
  it('without a valve answers a disable with a defined error', () => {
    const outcome = valve.order('enabled', 'disable', { ...free, hasSwitch: false })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'noSwitch', state: 'enabled' })
    expect(supplyRefusalResults.noSwitch.zcl).toBe(0x81)
  })
})

describe('any history of a supply', () => {
  const orders = ['enableCommand', 'disableCommand', 'armCommand'] as const
  const histories = <S extends SupplyState>(supply: Supply<S>) =>
    fc.array(fc.tuple(fc.constantFrom(...supply.machine.events), fc.boolean()), { maxLength: 60 })

  /** Runs a history as a device does: orders and the user through their guards, the rest straight into the table. */
  function run<S extends SupplyState>(
    supply: Supply<S>,
    from: S,
    check: (before: S, event: SupplyEvent, after: S, forbids: boolean) => void,
  ) {
    fc.assert(
      fc.property(histories(supply), (history) => {
        let state = from
        for (const [event, creditForbids] of history) {
          const before = state
          const conditions = { creditForbids, hasSwitch: true }
          const order = orders.find((name) => name === event)?.replace('Command', '') as SupplyOrder | undefined
          state = order
            ? supply.order(state, order, conditions).state
            : event === 'userEnables'
              ? supply.userEnables(state, conditions).state
              : supply.on(state, event).state
          expect(supply.machine.states).toContain(state)
          check(before, event, state, creditForbids)
        }
      }),
      { numRuns: 2_000 },
    )
  }
  const turnsOn = (before: SupplyState, after: SupplyState): boolean =>
    controlStateOf(after) === 'enabled' && controlStateOf(before) !== 'enabled'

  it('of electricity turns on only by user, command or restoration, and never against the credit', () => {
    run(loadSwitch, 'enabled', (before, event, after, forbids) => {
      if (turnsOn(before, after)) {
        expect(['userEnables', 'enableCommand', 'restorationPeriodElapsed']).toContain(event)
        if (event !== 'restorationPeriodElapsed') expect(forbids).toBe(false)
      }
      if (event === 'disableCommand') expect(after).toBe('disabledByCommand')
      if (before === 'disabledByCommand' && after !== before) expect(['enableCommand', 'armCommand']).toContain(event)
      if (event === 'creditExhausted') expect(controlStateOf(after)).toBe('disabled')
    })
  })
  it('of gas turns on by the user alone', () => {
    run<GasSupplyState>(valve, 'enabled', (before, event, after, forbids) => {
      if (turnsOn(before, after)) expect([event, forbids, before]).toEqual(['userEnables', false, 'armed'])
      if (event === 'disableCommand') expect(after).toBe('disabledByCommand')
      if (event === 'creditExhausted') expect(controlStateOf(after)).toBe('disabled')
    })
  })
})

describe('orders on the wire', () => {
  it('are scripts of an electricity meter and proposed states of a gas meter', () => {
    expect([51, 52, 54, 53].map(orderOfScript)).toEqual(['enable', 'disable', 'arm', undefined])
    expect([0, 1, 2, 3].map(orderOfProposedStatus)).toEqual(['disable', 'arm', 'enable', undefined])
  })
  it('are drawn from the tables', () => {
    expect(mermaid(loadSwitch.machine, 'enabled')).toContain('armedByLoadLimit --> enabled: restorationPeriodElapsed')
    expect(mermaid(valve.machine, 'enabled')).not.toContain('enableCommand')
  })
})

describe('load limiting', () => {
  const t0 = fromIso('2026-01-01T18:00:00Z')
  const settings: LoadLimitSettings = {
    powerThresholdW: 6_900,
    periodS: 300,
    restorationPeriodS: 30,
    disablesSupply: true,
  }
  it('turns the supply off after the period and on again after the restoration period', () => {
    const started = observeLoad(newLoadLimit, settings, 7_000, t0, false)
    expect(started).toEqual({ limit: { aboveSince: t0, reported: false, counter: 0 }, raised: [] })
    expect(nextLoadLimitTime(started.limit, settings)).toBe(t0 + 300)
    expect(observeLoad(started.limit, settings, 9_000, t0 + 299, false)).toEqual(started)
    const off = observeLoad(started.limit, settings, 9_000, t0 + 300, false)
    expect(off).toMatchObject({ raised: ['activePowerImportAboveLoadLimitThreshold'], supply: 'loadLimitExceeded' })
    expect(off.limit).toEqual({ reported: false, restoreAt: t0 + 330, counter: 1 })
    expect(observeLoad(off.limit, settings, 0, t0 + 329, true)).toEqual({ limit: off.limit, raised: [] })
    const back = observeLoad(off.limit, settings, 0, nextLoadLimitTime(off.limit, settings) as number, true)
    expect(back).toEqual({ limit: { reported: false, counter: 1 }, raised: [], supply: 'restorationPeriodElapsed' })
    expect(loadSwitch.on('armedByLoadLimit', 'restorationPeriodElapsed').raised).toEqual([
      'supplyEnabledAfterLoadLimitRestorationPeriod',
    ])
  })
  it('starts its period again whenever the power has been at or below the threshold', () => {
    const above = observeLoad(newLoadLimit, settings, 7_000, t0, false).limit
    const below = observeLoad(above, settings, 6_900, t0 + 299, false).limit
    expect(below).toEqual(newLoadLimit)
    expect(observeLoad(below, settings, 7_000, t0 + 300, false).limit.aboveSince).toBe(t0 + 300)
  })
  it('counts and reports each excursion once where it does not turn the supply off', () => {
    const counting = { ...settings, disablesSupply: false }
    let limit: LoadLimit = newLoadLimit
    const see = (powerW: number, at: number): readonly string[] => {
      const step = observeLoad(limit, counting, powerW, t0 + at, false)
      expect(step.supply).toBeUndefined()
      limit = step.limit
      return step.raised
    }
    expect([see(7_000, 0), see(7_000, 300), see(7_000, 900)].flat()).toHaveLength(1)
    expect(nextLoadLimitTime(limit, counting)).toBeUndefined()
    expect([see(100, 901), see(7_000, 902), see(7_000, 1_202)].flat()).toHaveLength(1)
    expect(limit.counter).toBe(2)
    expect(resetLoadLimitCounter(limit).counter).toBe(0)
  })
  it('forgets the restoration when something else has turned the supply on or off since', () => {
    const off: LoadLimit = { reported: false, restoreAt: t0 + 30, counter: 1 }
    expect(observeLoad(off, settings, 0, t0 + 30, false)).toEqual({
      limit: { reported: false, counter: 1 },
      raised: [],
    })
  })
})
