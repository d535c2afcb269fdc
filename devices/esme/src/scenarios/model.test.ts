import { encodeDateTime } from '@smets2-sim/cosem'
import { ECS04a, ECS04b, ECS07, ECS09, ECS42, ECS43, ECS44, ECS47a, ECS47e, ECS62, ECS81 } from '@smets2-sim/gbcs'
import { auxiliaryLoad, type Machine, payment, restoreSnapshot, supply, takeSnapshot } from '@smets2-sim/firmware'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account } from '../data/account.js'
import { auxiliary } from '../data/auxiliary.js'
import { supplyState } from '../data/supply.js'
import type { EsmeOptions } from '../index.js'
import { meterUp } from '../running/meter-up.js'
import {
  debts,
  loadLimit,
  nonDisablement,
  prepayment,
  tariff,
  toCredit,
  toPrepayment,
} from '../testing/settings.fixture.js'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'

// Random histories of a meter, through nothing but what parties, users and the world can do to it.

const to = deviceId
const PRICE = 12_345
const STANDING_CHARGE = 777
const DAY_S = 86_400
const START = '2026-01-01T20:00:00Z'
const OPTIONS: EsmeOptions = { controllers: ['alcs', 'none', 'apc'], boostFunction: true }

/** A meter with a tariff, a calendar and limits, from which every history starts. */
const made = new MeterBench(OPTIONS, { start: START })
made.ask(tariff({ prices: [PRICE], standingCharge: STANDING_CHARGE }))
made.ask(prepayment({ calendar: nonDisablement(['2200', 'start'], ['0600', 'stop']) }))
made.ask(
  ECS62.command({
    to,
    boostFunctionControl1: true,
    boostFunctionControl2: false,
    boostFunctionControl3: true,
    boostFunctionControl4: false,
    boostFunctionControl5: false,
  }),
)
const snapshot = takeSnapshot(made.meter)

/** A meter under observation: what it does to its own state is seen as it happens. */
class Observed {
  readonly bench = new MeterBench(OPTIONS, { start: START })
  /** Money that should be in the account, in thousandths of a millipence, consumption apart. */
  #paidMicropence = 0
  /** Watt-seconds that flowed, as the world and the load switch would have it. */
  #wattSeconds = 0
  #watts = 0
  #countedUntil = this.bench.now
  #midnights = 0
  /** The last order that was carried out: while it is to disable, nothing but an order may enable. */
  #forbidden = false

  constructor() {
    restoreSnapshot(this.bench.meter, snapshot)
    this.bench.counter = made.counter
    this.#watch()
  }

  /** Sees every value that the two items get; no other way leads from one state to the next. */
  #watch(): void {
    const { items } = this.bench.meter
    const write = items.write.bind(items)
    items.write = (item, value) => {
      if (item.name === supplyState.name) this.#supplyBecomes(value as never)
      if (item.name === account.name) this.#accountBecomes(value as never)
      if (item.name === auxiliary.name) this.#controllersBecome(value as never)
      write(item, value)
    }
  }
  #supplyBecomes(after: supply.ElectricitySupplyState): void {
    const { items, now } = this.bench.meter
    const before = items.read(supplyState)
    this.#count(now, before)
    expectEdge(supply.loadSwitch.machine, before, after)
    if (this.#forbidden) expect(supply.controlStateOf(after)).toBe('disabled')
    if (supply.controlStateOf(after) === 'enabled') expect(items.read(account).watch.disabling).toBe(false)
  }
  #accountBecomes(after: payment.Account): void {
    const before = this.bench.meter.items.read(account)
    expectEdge(payment.emergencyCreditMachine, before.emergencyCredit, after.emergencyCredit)
    const least = Math.min(
      ...after.timeDebtsMillipence,
      after.paymentDebtMillipence,
      after.accumulatedDebtMillipence,
      after.emergencyCreditMillipence,
      after.emergencyCreditUsedMillipence,
    )
    if (least < 0) throw new Error(`an amount below zero in ${JSON.stringify(after)}`)
  }
  #controllersBecome({ controllers }: auxiliaryLoad.Auxiliary): void {
    const before = this.bench.meter.items.read(auxiliary).controllers
    controllers.forEach(({ output, input }, i) => {
      for (const [from, next] of [
        [before[i]?.output, output],
        [before[i]?.input, input],
      ] as const)
        if (from) expectPath(auxiliaryLoad.auxiliaryControl, from.authority, next.authority)
      for (const { level, limit } of [output, input])
        if (level < 0 || level > 100 || (limit && limit.start <= this.bench.meter.now && level > limit.level))
          throw new Error(`controller ${i + 1} has level ${level}`)
    })
  }
  /** Counts what flowed until a second, through a switch in this state. */
  #count(until: number, state = this.bench.meter.items.read(supplyState)): void {
    if (until < this.#countedUntil) return
    if (supply.controlStateOf(state) === 'enabled') this.#wattSeconds += this.#watts * (until - this.#countedUntil)
    this.#countedUntil = until
  }

  load(watts: number): void {
    this.#count(this.bench.now)
    this.#watts = watts
    this.bench.meter.load({ watts })
  }
  pass(seconds: number): void {
    const before = this.bench.now
    this.bench.pass(seconds)
    this.#midnights += Math.floor(this.bench.now / DAY_S) - Math.floor(before / DAY_S)
    this.#count(this.bench.now)
  }
  order(request: ReturnType<typeof ECS43.command>, forbids: boolean): void {
    // an order that allows is allowed to do so
    const was = this.#forbidden
    if (!forbids) this.#forbidden = false
    const ok = this.bench.send(request).reading?.ok === true
    this.#forbidden = ok ? forbids : was
  }
  pay(millipence: number): void {
    this.#paidMicropence += millipence * 1000
  }
  get netMicropence(): number {
    const now = this.bench.meter.items.read(account)
    return payment.netWorthMillipence(now) * 1000 - now.remainderMicropence
  }
  /** Does something whose effect on the account it says itself. */
  settles(body: () => void): void {
    const before = this.netMicropence
    body()
    this.#paidMicropence += this.netMicropence - before
  }

  check(): void {
    const { meter } = this.bench
    const { energy, tariffRegisters, cost } = meterUp(meter)
    expect(energy.activeImportWh).toBe(Math.floor(this.#wattSeconds / 3600))
    const registers = [
      ...tariffRegisters.tariffTouRegisterMatrixWh,
      ...tariffRegisters.tariffTouBlockRegisterMatrixWh,
    ].reduce((a, b) => a + b, 0)
    expect(registers).toBe(energy.activeImportWh)
    const consumed = cost.costMillipence * 1000 + cost.remainder
    expect(consumed).toBe(energy.activeImportWh * PRICE)
    expect(this.netMicropence).toBe(this.#paidMicropence - consumed - this.#midnights * STANDING_CHARGE * 1000)
    const { watch, paymentMode } = meter.items.read(account)
    if (watch.disabling) expect(meter.isSupplyEnabled).toBe(false)
    if (paymentMode === 'credit') expect(watch).toEqual({ low: false, exhausted: false, disabling: false })
  }
}

function expectEdge<S extends string>(machine: Machine<S, string>, from: S, next: S): void {
  if (from === next || Object.values<S>(machine.table[from] as Record<string, S>).includes(next)) return
  throw new Error(`${machine.name}: from ${from} to ${next}`)
}

/** In one second the end of one thing and the begin of another may meet: two edges. */
function expectPath<S extends string>(machine: Machine<S, string>, from: S, next: S): void {
  const after = (state: S): S[] => Object.values<S>(machine.table[state] as Record<string, S>)
  if (from === next || after(from).some((state) => state === next || after(state).includes(next))) return
  throw new Error(`${machine.name}: from ${from} to ${next}`)
}

type Action = (observed: Observed) => void
const amounts = fc.integer({ min: -2_000_000, max: 2_000_000 })
const flags = fc.boolean()
const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 12 * 3600 }).map(
      (s): Action =>
        (o) =>
          o.pass(s),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 0, max: 12_000 }).map(
      (watts): Action =>
        (o) =>
          o.load(watts),
    ),
  },
  fc.constantFrom<Action>(
    (o) => o.order(ECS43.command({ to }), true),
    (o) => o.order(ECS42.command({ to }), false),
    (o) => o.order(ECS44.command({ to }), false),
    (o) => void o.bench.meter.request({ command: 'enableSupply' }, 'keypad'),
    (o) => void o.bench.meter.request({ command: 'activateEmergencyCredit' }, 'ppmid'),
    (o) => void o.bench.send(ECS09.command({ to })),
    (o) => o.bench.meter.openTerminalCover(),
    (o) => void o.bench.ask(toCredit()),
    (o) => o.settles(() => void o.bench.ask(ECS04b.command({ to }))),
    (o) => o.bench.meter.powerCycle(),
    (o) => void o.bench.meter.request({ command: 'activateBoost', minutes: 45 }, 'keypad'),
    (o) => void o.bench.meter.request({ command: 'cancelBoost' }, 'keypad'),
  ),
  fc.record({ suspendDebtDisabled: flags, suspendDebtEmergency: flags }).map(
    (mode): Action =>
      (o) =>
        void o.bench.ask(toPrepayment(mode)),
  ),
  amounts.map(
    (meterBalance): Action =>
      (o) => {
        if (o.bench.send(ECS04a.command({ to, meterBalance })).reading?.ok) o.pay(meterBalance)
      },
  ),
  fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.constantFrom('keypad', 'ppmid', 'command')).map(
    ([pence, by]): Action =>
      (o) => {
        const token = o.bench.token(pence)
        const ok =
          by === 'command'
            ? o.bench.topUp(token).reading?.ok
            : o.bench.meter.request({ command: 'addCredit', digits: token.digits }, by).ok
        if (ok) o.pay(pence * 1000)
      },
  ),
  fc
    .record({
      timeDebt1: amounts,
      timeDebt2: amounts,
      paymentDebt: amounts,
      rate1: fc.nat(30_000),
      rate2: fc.nat(30_000),
      perPayment: fc.nat(10_000),
    })
    .map(
      (order): Action =>
        (o) =>
          o.settles(() => void o.bench.ask(debts(order) satisfies ReturnType<typeof ECS07.command>)),
    ),
  fc
    .tuple(fc.constantFrom(0x0111, 0x0112, 0x0120, 0x1332, 0x2346), fc.nat(7200), fc.integer({ min: 1, max: 7200 }))
    .map(
      ([auxiliaryLoadControlScripts, delay, length]): Action =>
        (o) => {
          const time = (seconds: number) => encodeDateTime(o.bench.now + delay + seconds)
          const first = { auxiliaryController1SettingStart: time(0), auxiliaryController1SettingEnd: time(length) }
          const third = { auxiliaryController3SettingStart: time(0), auxiliaryController3SettingEnd: time(length) }
          const period = (auxiliaryLoadControlScripts & 0x0f00) === 0x0100 ? first : third
          o.bench.ask(ECS47a.command({ to, ...(delay % 3 > 0 && period), auxiliaryLoadControlScripts }))
        },
    ),
  fc.tuple(fc.constantFrom(0x131e, 0x2300), fc.integer({ min: 1, max: 7200 })).map(
    ([auxiliaryProportionalControllerScripts, length]): Action =>
      (o) => {
        const auxiliaryController3LimitStart = encodeDateTime(o.bench.now)
        const auxiliaryController3LimitEnd = encodeDateTime(o.bench.now + length)
        const limit = { auxiliaryController3LimitStart, auxiliaryController3LimitEnd }
        o.bench.ask(ECS47e.command({ to, ...limit, auxiliaryProportionalControllerScripts }), {
          from: 'loadController',
        })
      },
  ),
  flags.map(
    (supplyTamperState): Action =>
      (o) =>
        void o.bench.ask(ECS81.command({ to, supplyTamperState })),
  ),
  fc
    .record({
      thresholdW: fc.integer({ min: 0, max: 9000 }),
      periodS: fc.nat(600),
      restorationS: fc.nat(900),
      disables: flags,
    })
    .map(
      (limit): Action =>
        (o) =>
          void o.bench.ask(loadLimit(limit)),
    ),
)

describe('an electricity meter under any history', () => {
  it('stays in its tables, keeps money and energy, and lets nothing through that is forbidden', () => {
    fc.assert(
      fc.property(fc.array(actions, { minLength: 5, maxLength: 20 }), (history) => {
        const observed = new Observed()
        for (const action of history) {
          action(observed)
          observed.check()
        }
      }),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 3000) },
    )
  })
})
