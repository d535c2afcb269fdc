import { CANCEL_TIME, ECS42, type RemotePartyRole, remotePartyRole } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Device } from '../device.js'
import { command, deviceId, memoryStore, type TestBench } from '../testing/bench.fixture.js'
import { certified, type CertifiedParty } from '../testing/certificates.fixture.js'
import { allCells, cellsOf, first, give, held, holder, type Order, securityBench } from '../testing/orders.fixture.js'
import { replacementMessageCodes, replacementModeOf } from './replacement-mode.js'
import type { CellName } from './trust-anchors.js'

// Random histories of CS02b and CS02g by all parties, dated or not, with power cycles, against a model of the cells.

/** Two or three parties of each role, each with two generations of keys. */
const cast: readonly CertifiedParty[] = [
  first.recovery,
  first.accessControlBroker,
  first.transitionalCoS,
  first.networkOperator,
  first.loadController,
  first.supplier,
  certified('supplier', '90b3d51f30030000'),
  certified('supplier', '90b3d51f30040000'),
  certified('networkOperator', '90b3d51f30050000'),
  certified('recovery', '90b3d51f30000011'),
].flatMap((party) => [party, certified(party.role, party.id, 1)])
const brokers = cast.filter(({ role }) => role === 'accessControlBroker')

/** Mode, who orders it, whose cells it replaces; the same as the table of the specification, written again. */
const may: readonly (readonly [number, RemotePartyRole, readonly RemotePartyRole[]])[] = [
  [2, 'supplier', ['supplier']],
  [3, 'networkOperator', ['networkOperator']],
  [4, 'accessControlBroker', ['accessControlBroker']],
  [6, 'transitionalCoS', ['transitionalCoS']],
  [7, 'transitionalCoS', ['supplier']],
  [
    8,
    'recovery',
    ['recovery', 'accessControlBroker', 'transitionalCoS', 'networkOperator', 'loadController', 'supplier'],
  ],
  [10, 'loadController', ['loadController']],
  [11, 'supplier', ['loadController']],
]
const roleFor = (mode: number) => may.find(([number]) => number === mode)?.[1]

/** An order: mostly what its mode allows, and mostly by who holds the key for it at that moment. */
interface Attempt {
  readonly mode: number
  readonly by: CertifiedParty
  readonly to: CertifiedParty
  /** The party that may give such orders takes the place of `by`, and the broker makes the MAC. */
  readonly honest: boolean
  readonly broker: CertifiedParty
  /** Which of the cells of the role; each bit one. */
  readonly cells: number
  readonly delay: number | undefined
  readonly cancel: boolean
  readonly path: boolean
}
const mostly = <T>(usual: fc.Arbitrary<T>, otherwise: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: otherwise })
const party = fc.constantFrom(...cast)
/** Each mode as often as the others; suppliers change most. */
const allowed = fc
  .constantFrom(...may, ...may.filter(([, , replaced]) => replaced[0] === 'supplier'))
  .chain(([mode, , replaced]) =>
    fc.constantFrom(...cast.filter(({ role }) => replaced.includes(role))).map((to) => ({ mode, to })),
  )
const anything = fc.record({ mode: fc.constantFrom(...may.map(([mode]) => mode)), to: party })
const attempt: fc.Arbitrary<Attempt> = fc
  .record({
    what: mostly(allowed, anything),
    by: party,
    honest: mostly(fc.constant(true), fc.constant(false)),
    broker: fc.constantFrom(...brokers),
    cells: mostly(fc.constant(7), fc.integer({ min: 1, max: 7 })),
    delay: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 2 }),
    cancel: mostly(fc.constant(false), fc.constant(true)),
    path: mostly(fc.constant(true), fc.constant(false)),
  })
  .map(({ what, ...rest }) => ({ ...what, ...rest }))
type Step = { kind: 'order'; order: Attempt } | { kind: 'wait'; seconds: number } | { kind: 'powerCycle' }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: attempt.map((order) => ({ kind: 'order' as const, order })) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 60 }).map((seconds) => ({ kind: 'wait' as const, seconds })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'powerCycle' as const }) },
)

const nameOf = ({ role, usage }: CellName): string => `${role} ${usage}`

/** What the cells should hold, and what waits. */
class Model {
  readonly cells = new Map<string, CertifiedParty>()
  pending: { mode: number; at: number; by: CertifiedParty; cells: readonly CellName[]; to: CertifiedParty }[] = []
  constructor() {
    for (const one of Object.values(first)) if (one.role !== 'wanProvider') this.#put(cellsOf(one), one)
  }
  #put(cells: readonly CellName[], to: CertifiedParty): void {
    const before = [...this.cells]
    for (const cell of cells) this.cells.set(nameOf(cell), to)
    const known = (role: RemotePartyRole, id: string) =>
      [...this.cells].some(([name, one]) => name.startsWith(`${role} `) && one.id === id)
    // who has left leaves no orders behind
    for (const [, { role, id }] of before)
      if (!known(role, id)) this.pending = this.pending.filter(({ by }) => by.role !== role || by.id !== id)
  }
  get broker(): CertifiedParty {
    return this.cells.get('accessControlBroker keyAgreement') as CertifiedParty
  }
  /** Who may give orders of a mode. */
  holderFor(mode: number): CertifiedParty | undefined {
    return this.cells.get(`${roleFor(mode)} digitalSignature`)
  }
  isAuthorised(mode: number, by: CertifiedParty, broker: CertifiedParty): boolean {
    const macHolds = this.broker === broker
    if (roleFor(mode) !== by.role) return false
    if (mode === 4) return macHolds && [...this.cells.values()].some((one) => one.role === by.role && one.id === by.id)
    return this.cells.get(`${by.role} digitalSignature`) === by && (mode === 8 || macHolds)
  }
  apply(mode: number, cells: readonly CellName[], to: CertifiedParty, path: boolean): void {
    const replaced = may.find(([number]) => number === mode)?.[2] ?? []
    if (path && replaced.includes(to.role)) this.#put(cells, to)
  }
  cancel(mode: number): void {
    this.pending = this.pending.filter((one) => one.mode !== mode)
  }
  runUntil(now: number): void {
    for (;;) {
      const due = Math.min(...this.pending.map(({ at }) => at))
      const next = due <= now ? this.pending.find(({ at }) => at <= due) : undefined
      if (!next) return
      this.pending = this.pending.filter((one) => one !== next)
      this.apply(next.mode, next.cells, next.to, true)
    }
  }
}

function play(steps: readonly Step[]): { bench: TestBench; model: Model; counter: () => bigint } {
  const store = memoryStore()
  let bench = securityBench({}, { store })
  const model = new Model()
  let last = 0n
  const counter = () => ++last
  for (const one of steps) {
    model.runUntil(bench.clock.time)
    if (one.kind === 'wait') {
      bench.clock.time += one.seconds
      bench.device.tick()
      model.runUntil(bench.clock.time)
    } else if (one.kind === 'powerCycle') {
      bench.device.save()
      bench = { ...bench, device: new Device(bench.device.profile, deviceId, bench.device.ports) }
    } else {
      const { mode, to, cancel, delay, path, ...order } = one.order
      const by = (order.honest && model.holderFor(mode)) || order.by
      const broker = order.honest ? model.broker : order.broker
      const cells = cellsOf(to).filter((_, i) => (order.cells >> i) & 1)
      const named = cells.length > 0 ? cells : cellsOf(to)
      const at = cancel ? CANCEL_TIME : delay === undefined ? undefined : bench.clock.time + delay
      const result = give(bench, {
        mode,
        by,
        counter: counter(),
        broker,
        cells: named.map((cell) => [cell, to]),
        ...(at !== undefined && { at }),
        ...(!path && { path: [] }),
      })
      const authorised = model.isAuthorised(mode, by, broker)
      expect(result.refused === undefined).toBe(authorised)
      if (authorised) {
        if (at !== undefined) model.cancel(mode)
        if (at === undefined) model.apply(mode, named, to, path)
        else if (typeof at === 'number' && path) model.pending.push({ mode, at, by, cells: named, to })
      }
    }
    for (const cell of bench.device.anchors.cells) {
      const expected = model.cells.get(nameOf(cell))
      if (expected) expect([nameOf(cell), holder(bench, cell)]).toEqual([nameOf(cell), held(expected, cell.usage)])
    }
  }
  return { bench, model, counter }
}

describe('whatever the history', () => {
  it('the cells hold what the rules say, and only those in them get something done', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
        const { bench, model, counter } = play(steps)
        const { broker } = model
        for (const from of cast) {
          const before = new Map(bench.device.items.entries())
          const outcome = bench.device.receive(
            command(ECS42.command({ to: deviceId }), { from, counter: counter(), macBy: broker }),
          )
          const may = from.role === 'supplier' && model.cells.get('supplier digitalSignature') === from
          expect([from.role, from.id, outcome.kind]).toEqual([from.role, from.id, may ? 'responded' : 'discarded'])
          if (may) continue
          const changed = [...bench.device.items.entries()].filter(([name, value]) => before.get(name) !== value)
          expect(
            changed.map(([name]) => name).filter((name) => name !== 'gate.discards' && name !== 'counter.own'),
          ).toEqual([])
        }
      }),
      { numRuns: 60, seed: 4 },
    )
  })

  it('there is a way back for the recovery key, whatever floors others order', () => {
    const floor = fc.constantFrom(0n, 1n, 5_000n, (1n << 63n) - 1n)
    const forRole = fc.constantFrom(0, 1, 2, 3, 4, 5, 8)
    const attempts = fc.array(
      fc.record({ what: mostly(allowed, anything), by: party, floor, forRole, own: fc.boolean() }),
      { maxLength: 12, size: 'max' },
    )
    fc.assert(
      fc.property(attempts, (all) => {
        const bench = securityBench()
        let counter = 0n
        for (const { what, by: other, floor: floorSeqNumber, forRole: role, own } of all) {
          const by = Object.values(first).find((one) => one.role === roleFor(what.mode)) ?? other
          // what the recovery party does to itself is its own affair
          if (by.role === 'recovery') continue

          const control: Order['control'] = own
            ? { newFloorSeqNumber: floorSeqNumber }
            : { otherSeqNumberChanges: [{ role, floorSeqNumber }] }
          give(bench, { mode: what.mode, by, counter: counter++, cells: allCells(what.to), control })
        }
        expect(holder(bench, { role: 'recovery', usage: 'digitalSignature' })).toBe(
          held(first.recovery, 'digitalSignature'),
        )
        const newcomers = [first.accessControlBroker, first.transitionalCoS, first.networkOperator, first.supplier].map(
          ({ role, id }) => certified(role, id, 7),
        )
        const rescue: Order = {
          mode: 8,
          by: first.recovery,
          counter,
          cells: newcomers.flatMap(allCells),
          control: {
            otherSeqNumberChanges: newcomers.map(({ role }) => ({ role: remotePartyRole[role], floorSeqNumber: 0n })),
          },
        }
        expect(new Set(give(bench, rescue).statuses)).toEqual(new Set(['success']))
      }),
      { numRuns: 60, seed: 4 },
    )
  })

  it('no mode but recovery and contingency replaces the recovery key, and the table of modes says so', () => {
    const modes = replacementMessageCodes.map(replacementModeOf)
    expect(modes.filter(({ replaces }) => replaces.includes('recovery')).map(({ mode }) => mode)).toEqual([8, 9])
    expect(modes.filter(({ abnormalRoot }) => abnormalRoot).map(({ mode }) => mode)).toEqual([9])
  })
})
