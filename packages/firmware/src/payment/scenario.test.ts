import { fromIso } from '@smets2-sim/cosem'
import { encodeUtrn, type Ptut, truncateUtrnCounter } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ElectricitySupplyState } from '../supply/machines.js'
import { controlStateOf, loadSwitch, type SupplyOrder } from '../supply/supply.js'
import { type Account, type AccountSettings, factorySettings, newAccount } from './account.js'
import { activateEmergencyCredit, setPaymentMode } from './change.js'
import { charge, collect } from './collect.js'
import { noFailuresYet } from './manual-entry.js'
import { review } from './review.js'
import { enterToken, type TokenState } from './token.js'
import { noTokensYet } from './utrn-counters.js'

// An account and its supply together, bound as a device binds them: change, review, events to the supply.

const settings: AccountSettings = {
  ...factorySettings,
  standingChargeMillipence: 25_000,
  emergencyCreditLimitMillipence: 500_000,
  emergencyCreditThresholdMillipence: 100_000,
  lowCreditThresholdMillipence: 200_000,
}
const start = fromIso('2026-01-01T12:00:00Z')
const token = (utrnCounter: number, pence: number): string =>
  encodeUtrn({ truncatedCounter: truncateUtrnCounter(utrnCounter), valueClass: 'pence', value: pence, mac: 7 })
const isAuthentic = (ptut: Ptut): boolean => ptut.mac === 7

class Meter {
  tokens: TokenState = {
    account: { ...newAccount(start), paymentMode: 'prepayment' },
    counters: noTokensYet,
    manual: noFailuresYet,
  }
  supply: ElectricitySupplyState = 'enabled'
  now = start
  nonDisablement = false
  heard: string[] = []

  get account(): Account {
    return this.tokens.account
  }
  #becomes({ account, raised }: { account: Account; raised: readonly string[] }): void {
    const step = review(account, settings, this.nonDisablement)
    this.tokens = { ...this.tokens, account: step.account }
    this.heard.push(...raised, ...step.raised)
    for (const signal of step.signals) {
      const moved = loadSwitch.on(this.supply, signal)
      this.supply = moved.state
      this.heard.push(...moved.raised)
    }
  }
  use(millipence: number): void {
    if (controlStateOf(this.supply) === 'enabled') this.#becomes(charge(this.account, settings, millipence * 1_000))
  }
  wait(seconds: number): void {
    this.now += seconds
    this.#becomes(collect(this.account, settings, this.now, controlStateOf(this.supply) === 'disabled'))
  }
  enter(counter: number, pence: number): string {
    const entry = { digits: token(counter, pence), now: this.now, by: 'keypad' as const }
    const step = enterToken(this.tokens, settings, entry, isAuthentic)
    this.tokens = step.state
    this.#becomes({ account: step.state.account, raised: step.raised })
    return step.outcome.kind
  }
  activate(): void {
    this.#becomes(activateEmergencyCredit(this.account, settings))
  }
  mode(paymentMode: 'credit' | 'prepayment'): void {
    const order = { paymentMode, suspendDebtDisabled: false, suspendDebtEmergency: false }
    this.#becomes({ account: setPaymentMode(this.account, order), raised: [] })
  }
  calendar(nonDisablement: boolean): void {
    this.nonDisablement = nonDisablement
    this.#becomes({ account: this.account, raised: [] })
  }
  order(order: SupplyOrder): string {
    const outcome = loadSwitch.order(this.supply, order, this.#conditions())
    this.supply = outcome.state
    return outcome.kind
  }
  userEnables(): string {
    const outcome = loadSwitch.userEnables(this.supply, this.#conditions())
    this.supply = outcome.state
    return outcome.kind
  }
  #conditions() {
    return { creditForbids: this.account.watch.disabling, hasSwitch: true }
  }
}

describe('a prepayment home', () => {
  it('runs down, uses emergency credit, goes off, and comes back by a top-up that repays it', () => {
    const meter = new Meter()
    meter.enter(1, 300)
    meter.use(250_000)
    expect(meter.heard).toEqual([
      'creditAddedLocally',
      'emergencyCreditHasBecomeAvailable',
      'combinedCreditBelowLowCreditThreshold',
    ])
    meter.heard = []
    meter.use(60_000)
    expect(meter.heard).toEqual(['creditBelowDisablementThreshold'])
    expect(meter.supply).toBe('disabledByCredit')
    expect(meter.userEnables()).toBe('refused')
    meter.activate()
    expect(meter.heard.slice(1)).toEqual([
      'emergencyCreditActivated',
      'supplyDisabledThenArmedActivateEmergencyCreditTriggered',
    ])
    expect(meter.userEnables()).toBe('done')
    meter.heard = []
    meter.use(500_001)
    expect(meter.heard).toEqual([
      'emergencyCreditExhausted',
      'combinedCreditBelowLowCreditThreshold',
      'creditBelowDisablementThreshold',
    ])
    expect(meter.supply).toBe('disabledByCredit')
    // 5.10: below the threshold by 0.10001, and the first 4.99999 of the emergency credit; nothing to run on yet
    expect(meter.enter(2, 510)).toBe('credited')
    expect(meter.account).toMatchObject({ meterBalanceMillipence: 0, emergencyCreditUsedMillipence: 1 })
    meter.heard = []
    meter.enter(3, 1_000)
    expect(meter.account).toMatchObject({ meterBalanceMillipence: 999_999, emergencyCredit: 'unavailable' })
    expect(meter.userEnables()).toBe('done')
    expect(meter.supply).toBe('enabled')
  })
  it('stays on through a non-disablement period, and goes off when it ends', () => {
    const meter = new Meter()
    meter.calendar(true)
    meter.use(1)
    expect(meter.heard).toContain('disablementOfSupplyDueToInsufficientCreditHasBeenSuspended')
    expect(meter.supply).toBe('enabled')
    meter.calendar(false)
    expect(meter.supply).toBe('disabledByCredit')
  })
  it('can be enabled again when it is put in credit mode', () => {
    const meter = new Meter()
    meter.use(1)
    expect(meter.order('enable')).toBe('refused')
    meter.mode('credit')
    expect(meter.supply).toBe('armed')
    expect(meter.order('enable')).toBe('done')
  })

  type Deed = readonly [keyof typeof does, number]
  const does = {
    use: (meter: Meter, n: number) => meter.use(n),
    wait: (meter: Meter, n: number) => meter.wait(n),
    enter: (meter: Meter, n: number) => void meter.enter(n % 200, (n % 50) * 10),
    activate: (meter: Meter) => meter.activate(),
    mode: (meter: Meter, n: number) => meter.mode(n % 4 === 0 ? 'credit' : 'prepayment'),
    calendar: (meter: Meter, n: number) => meter.calendar(n % 2 === 0),
    order: (meter: Meter, n: number) => void meter.order((['enable', 'disable', 'arm'] as const)[n % 3] as SupplyOrder),
    userEnables: (meter: Meter) => void meter.userEnables(),
  }
  it('never has supply while credit disables it, and always can have it back by a top-up and the user', () => {
    const deeds: fc.Arbitrary<Deed> = fc.tuple(
      fc.constantFrom(...(Object.keys(does) as (keyof typeof does)[])),
      fc.nat(300_000),
    )
    fc.assert(
      fc.property(fc.array(deeds, { maxLength: 60 }), (history) => {
        const meter = new Meter()
        for (const [deed, n] of history) {
          does[deed](meter, n)
          if (meter.account.watch.disabling) expect(controlStateOf(meter.supply)).toBe('disabled')
        }
        if (meter.supply !== 'disabledByCredit') return
        const before = meter.account
        meter.mode('prepayment')
        const owed = before.emergencyCreditUsedMillipence + before.accumulatedDebtMillipence
        const pence = Math.ceil((owed + Math.max(0, -before.meterBalanceMillipence)) / 1_000) + 1
        for (let left = pence, counter = 500; left > 0; left -= 8_191) meter.enter(counter++, Math.min(left, 8_191))
        expect(meter.userEnables()).toBe('done')
        expect(meter.supply).toBe('enabled')
      }),
      { numRuns: 2_000 },
    )
  })
})
