import { chfProfile } from '@smets2-sim/chf'
import { native, parseCertificationRequest } from '@smets2-sim/crypto'
import { esmeProfile } from '@smets2-sim/esme'
import { contingencyKey, Device, type DeviceProfile, wrapContingencyKey } from '@smets2-sim/firmware'
import { CANCEL_TIME, CS02c, CS02d, decodeMessage, type RemotePartyRole, useCaseByCode } from '@smets2-sim/gbcs'
import { gpfProfile } from '@smets2-sim/gpf'
import { gsmeProfile } from '@smets2-sim/gsme'
import { hcalcsProfile } from '@smets2-sim/hcalcs'
import { ppmidProfile } from '@smets2-sim/ppmid'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { command, deviceId, memoryStore, type TestBench } from '../../../firmware/src/testing/bench.fixture.js'
import {
  authorityCertificate,
  certificateOf,
  certified,
  type CertifiedParty,
  issued,
  issuer,
  newIssuer,
  newRoot,
} from '../../../firmware/src/testing/certificates.fixture.js'
import {
  cellsOf,
  first,
  give,
  held,
  holder,
  holders,
  type Order,
  securityBench,
} from '../../../firmware/src/testing/orders.fixture.js'

// Random histories of CS02b to CS02g on the cells of every kind of device: no party without a credential there gets
// anything done, and there is always a way back.

const profiles: readonly DeviceProfile[] = [
  esmeProfile,
  gsmeProfile,
  gpfProfile,
  chfProfile,
  ppmidProfile,
  hcalcsProfile,
]
const wanProviders = [first.wanProvider, certified('wanProvider', '90b3d51f30000017')]
/** Parties that devices know, others that they do not, and all of them with keys that they do not know yet. */
const cast: readonly CertifiedParty[] = [
  ...Object.values(first).filter(({ role }) => role !== 'wanProvider'),
  ...wanProviders,
  certified('supplier', '90b3d51f30030000'),
  certified('networkOperator', '90b3d51f30050000'),
  certified('recovery', '90b3d51f30000011'),
].flatMap((party) => [party, certified(party.role, party.id, 1)])

/** Replacement modes: who orders, whose cells are replaced. facts 7.4, 7.5, written again. */
const everybody: readonly RemotePartyRole[] = [...new Set(cast.map(({ role }) => role))]
const table: Readonly<Record<number, readonly [RemotePartyRole, readonly RemotePartyRole[]]>> = {
  0: ['supplier', []],
  1: ['wanProvider', []],
  2: ['supplier', ['supplier']],
  3: ['networkOperator', ['networkOperator']],
  4: ['accessControlBroker', ['accessControlBroker']],
  5: ['wanProvider', ['wanProvider']],
  6: ['transitionalCoS', ['transitionalCoS']],
  7: ['transitionalCoS', ['supplier']],
  8: ['recovery', everybody],
  9: ['recovery', everybody],
  10: ['loadController', ['loadController']],
  11: ['supplier', ['loadController']],
}
const modes = Object.keys(table).map(Number)
/** Message codes by mode: CS02b has ten, then CS02g two. facts 7.4, 7.5. */
const codeOf = (mode: number): number => (mode < 10 ? 0x0100 + mode : 0x0125 + mode - 10)
const RECOVERY = 8
const CONTINGENCY = 9
const contingency = certified('recovery', first.recovery.id, 99)
const symmetricKey = Uint8Array.from({ length: 16 }, (_, i) => i + 3)
const wrapped = wrapContingencyKey(
  native,
  symmetricKey,
  new Uint8Array(12).fill(40),
  native.publicKeyOf(contingency.sign),
)

interface Attempt {
  readonly kind: 'order'
  readonly mode: number
  readonly by: CertifiedParty
  /** As it should be: by the holder of the role, with the MAC of the broker, with a path, and without another root. */
  readonly honest: boolean
  readonly to: CertifiedParty
  readonly cells: number
  /** Whether a root that nobody vouches for is in it too. */
  readonly root: boolean
  readonly when: 'now' | 'cancel' | number
  readonly broker: CertifiedParty | undefined
  readonly path: boolean
}
type Step =
  | Attempt
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'powerCycle' }
  | { readonly kind: 'renew'; readonly by: CertifiedParty; readonly right: boolean }

const party = fc.constantFrom(...cast)
const attempt: fc.Arbitrary<Attempt> = fc
  .record({
    mode: fc.constantFrom(...modes),
    by: party,
    honest: fc.boolean(),
    any: party,
    fits: fc.nat({ max: 99 }),
    cells: fc.integer({ min: 1, max: 7 }),
    root: fc.boolean(),
    when: fc.oneof(fc.constant('now' as const), fc.integer({ min: 1, max: 60 }), fc.constant('cancel' as const)),
    broker: fc.option(fc.constantFrom(...cast.filter(({ role }) => role === 'accessControlBroker')), {
      nil: undefined,
      freq: 1,
    }),
    path: fc.boolean(),
  })
  .map(({ any, fits, ...rest }) => {
    const allowed = cast.filter(({ role }) => table[rest.mode]?.[1].includes(role))
    const to = rest.honest && allowed.length > 0 ? (allowed[fits % allowed.length] as CertifiedParty) : any
    return { kind: 'order' as const, to, ...rest }
  })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: attempt },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'powerCycle' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renew' as const), by: party, right: fc.boolean() }) },
)

/** A device of a kind: its cells, its use cases, and the contingency key. */
function benchOf({ kind, cells }: DeviceProfile): TestBench {
  const bench = securityBench({ kind, cells }, { store: memoryStore() })
  bench.device.items.write(contingencyKey, wrapped)
  bench.device.save()
  return bench
}
/** Whether a party is who it says for this device: the key that it signs with is in the cell of its role. */
const isKnown = (bench: TestBench, by: CertifiedParty): boolean =>
  holder(bench, { role: by.role, usage: 'digitalSignature' }) === held(by, 'digitalSignature')
const holderOf = (bench: TestBench, role: RemotePartyRole | undefined): CertifiedParty | undefined =>
  cast.find((one) => one.role === role && isKnown(bench, one))
/** Whose MACs are right now. */
const brokerOf = (bench: TestBench): CertifiedParty | undefined =>
  cast.find(
    (one) =>
      one.role === 'accessControlBroker' &&
      holder(bench, { role: one.role, usage: 'keyAgreement' }) === held(one, 'keyAgreement'),
  )
const isBroker = (by: CertifiedParty): boolean => by.role === 'accessControlBroker'

class History {
  bench: TestBench
  counter = 0n
  /** What has happened in it: for the question whether anything does. */
  readonly done = new Set<string>()
  /** Orders that were taken for later: what they may change. */
  readonly pending: { readonly cells: ReadonlySet<string>; readonly to: CertifiedParty; readonly at: number }[] = []

  constructor(readonly profile: DeviceProfile) {
    this.bench = benchOf(profile)
  }
  get cells(): readonly { readonly name: string; readonly holder: string | undefined }[] {
    const all = holders(this.bench)
    return this.bench.device.anchors.cells.map(({ role, usage }, i) => ({ name: `${role} ${usage}`, holder: all[i] }))
  }

  play(one: Step): void {
    const before = this.cells
    switch (one.kind) {
      case 'wait': {
        this.bench.clock.time += one.seconds
        this.bench.device.tick()
        if (this.cells.some(({ holder: now }, i) => now !== before[i]?.holder)) this.done.add('dated')
        return this.#changedOnly(
          before,
          this.pending.filter(({ at }) => at <= this.bench.clock.time),
        )
      }
      case 'powerCycle': {
        const { device } = this.bench
        device.save()
        this.bench = { ...this.bench, device: new Device(device.profile, deviceId, device.ports) }
        return expect(this.cells).toEqual(before)
      }
      case 'renew':
        this.#renew(one)
        return expect(this.cells).toEqual(before)
      case 'order':
        return this.#order(one, before)
    }
  }
  #changedOnly(before: History['cells'], by: readonly Pick<History['pending'][number], 'cells' | 'to'>[]): void {
    for (const [i, { name, holder: now }] of this.cells.entries())
      if (now !== before[i]?.holder)
        expect(
          by.some(({ cells, to }) => cells.has(name) && now === held(to, (name.split(' ')[1] ?? '') as 'keyAgreement')),
          `${name} changed`,
        ).toBe(true)
  }

  #order({ mode, honest, to, cells, root, when, path, ...one }: Attempt, before: History['cells']): void {
    const [role, replaced] = table[mode] ?? []
    const by = (honest && holderOf(this.bench, role)) || one.by
    const broker = ((!honest && one.broker) || brokerOf(this.bench)) ?? first.accessControlBroker
    const known = isKnown(this.bench, by)
    const macHolds = brokerOf(this.bench) === broker
    const chosen = cellsOf(to).filter((_, i) => (cells >> i) & 1)
    const named = chosen.length > 0 ? chosen : cellsOf(to)
    const order: Order = {
      mode,
      by,
      counter: ++this.counter,
      broker,
      cells: [
        ...named.map((cell) => [cell, to] as const),
        ...(root && !honest
          ? [[{ role: 'root', usage: 'keyCertSign' }, authorityCertificate(newRoot, newRoot)] as const]
          : []),
      ],
      ...(!path && !honest && { path: [] }),
      ...(when !== 'now' && { at: when === 'cancel' ? CANCEL_TIME : this.bench.clock.time + when }),
      ...(mode === CONTINGENCY && { control: { plaintextSymmetricKey: symmetricKey } }),
      ...(mode === 4 &&
        this.profile.kind === 'chf' && {
          options: { protection: 'signatureAndMac' },
          control: { authorisingCell: { role: 4, keyUsage: 'digitalSignature', cellUsage: 0 } },
        }),
    }
    const { refused } = give(this.bench, order)
    const may = new Set(
      named.filter((cell) => replaced?.includes(cell.role)).map(({ role: r, usage }) => `${r} ${usage}`),
    )
    if (refused !== undefined) return expect(this.cells, refused).toEqual(before)
    // it was executed, or is to be: by one who may give such orders, under keys that the device knew
    expect(mode).not.toBe(CONTINGENCY)
    expect(by.role).toBe(role)
    if (mode !== RECOVERY) expect(macHolds).toBe(true)
    if (mode === 4 && this.profile.kind !== 'chf') expect(isBroker(by)).toBe(true)
    else expect(known).toBe(true)
    if (typeof when === 'number') this.pending.push({ cells: may, to, at: this.bench.clock.time + when })
    if (when === 'now' && this.cells.some(({ holder: now }, i) => now !== before[i]?.holder))
      this.done.add(`mode ${mode}`)
    if (when === 'cancel') this.done.add('cancelled')
    this.#changedOnly(before, when === 'now' ? [{ cells: may, to }] : [])
  }

  /** The device makes itself a new signature key; a certificate of another key is not taken. */
  #renew({ by, right }: Extract<Step, { kind: 'renew' }>): void {
    const { device } = this.bench
    const macBy = brokerOf(this.bench) ?? first.accessControlBroker
    const ask = (request: any) => device.receive(command(request, { from: by, counter: ++this.counter, macBy }))
    const made = ask(CS02c.command({ to: deviceId, value: { keyUsage: 'digitalSignature' } }))
    if (made.kind !== 'responded') return
    expect(isKnown(this.bench, by) || isBroker(by)).toBe(true)
    const request = CS02c.command({ to: deviceId, value: { keyUsage: 'digitalSignature' } })
    const { value } = (request as any).read(decodeMessage(made.response).content).value
    const ownKey = parseCertificationRequest(value as Uint8Array).publicKey
    const publicKey = right ? ownKey : native.publicKeyOf(contingency.sign)
    const subject = { kind: 'device', entityId: deviceId } as const
    const certificate = issued(issuer, { subject, publicKey, keyUsage: 'digitalSignature' })
    const before = device.ports.keys.publicKey('digitalSignature')
    const taken = ask(CS02d.command({ to: deviceId, value: certificate })).kind === 'responded' && right
    expect(device.ports.keys.publicKey('digitalSignature')).toEqual(taken ? ownKey : before)
    if (taken) this.done.add('renewed')
  }

  /** Everybody who has no credential there tries everything. */
  strangersTry(): void {
    for (const by of cast.filter((one) => !isKnown(this.bench, one) && !isBroker(one)))
      for (const mode of modes) {
        const before = this.cells
        const order = { mode, by, counter: ++this.counter, cells: cellsOf(by).map((cell) => [cell, by] as const) }
        expect([by.role, by.id, mode, give(this.bench, order).refused === undefined]).toEqual([
          by.role,
          by.id,
          mode,
          false,
        ])
        expect(this.cells).toEqual(before)
      }
  }
  /** Parties with new keys for all roles that the device knows, but for those left out. */
  newcomers(leaveOut: readonly RemotePartyRole[]): CertifiedParty[] {
    const roles = new Set(this.bench.device.anchors.cells.map(({ role }) => role))
    return Object.values(first)
      .filter(({ role }) => roles.has(role) && !leaveOut.includes(role))
      .map(({ role, id }) => certified(role, id, 7))
  }
  cellsFor(parties: readonly CertifiedParty[], by = issuer): Order['cells'] {
    return parties.flatMap((to) =>
      cellsOf(to)
        .filter((cell) => this.bench.device.anchors.has(cell))
        .map((cell) => [cell, certificateOf(to, cell.usage, by)] as const),
    )
  }
}

describe.each(profiles.map((profile) => [profile.kind, profile] as const))(
  'whatever happens to a %s',
  (_kind, profile) => {
    const histories = fc.array(step, { maxLength: 20, size: 'max' })
    const after = (steps: readonly Step[]): History => {
      const history = new History(profile)
      for (const one of steps) history.play(one)
      return history
    }

    it('every order that it knows is executed in some history, dated ones and new keys of its own as well', () => {
      const done = new Set(fc.sample(histories, { numRuns: 60, seed: 8 }).flatMap((steps) => [...after(steps).done]))
      const known = (mode: number): boolean => {
        const [, roles = []] = table[mode] ?? []
        const { devices = [] } = useCaseByCode(codeOf(mode)) ?? {}
        return devices.includes(profile.kind) && roles.some((role) => profile.cells.some((cell) => cell.role === role))
      }
      const expected = modes.filter((mode) => mode !== CONTINGENCY && known(mode)).map((mode) => `mode ${mode}`)
      expect([...done].sort()).toEqual([...expected, 'cancelled', 'dated', 'renewed'].sort())
    })
    it('no party without a credential there gets anything done', () => {
      fc.assert(
        fc.property(histories, (steps) => after(steps).strangersTry()),
        { numRuns: 5, seed: 4 },
      )
    })
    it('the recovery key puts everybody in place again', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const history = after(steps)
          const by = holderOf(history.bench, 'recovery')
          if (!by) throw new Error('no recovery party of the cast is known to the device')
          const rescue = {
            mode: RECOVERY,
            by,
            counter: ++history.counter,
            cells: history.cellsFor(history.newcomers([])),
          }
          expect(new Set(give(history.bench, rescue).statuses)).toEqual(new Set(['success']))
        }),
        { numRuns: 25, seed: 5 },
      )
    })
    it('the contingency key brings another root and recovery party, which rebuild the rest', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const history = after(steps)
          const known = holderOf(history.bench, 'recovery') ?? first.recovery
          const [recovery] = [certified('recovery', known.id, 7)]
          const path = [authorityCertificate(newRoot, newIssuer)]
          const order: Order = {
            mode: CONTINGENCY,
            by: known,
            counter: ++history.counter,
            cells: [
              [{ role: 'root', usage: 'keyCertSign' }, authorityCertificate(newRoot, newRoot)],
              ...history.cellsFor([recovery], newIssuer),
            ],
            path,
            control: { plaintextSymmetricKey: symmetricKey },
            options: { signedBy: contingency },
          }
          expect(new Set(give(history.bench, order).statuses)).toEqual(new Set(['success']))
          const rest = history.cellsFor(history.newcomers(['recovery']), newIssuer)
          const rebuilt = { mode: RECOVERY, by: recovery, counter: ++history.counter, cells: rest, path }
          expect(new Set(give(history.bench, rebuilt).statuses)).toEqual(new Set(['success']))
        }),
        { numRuns: 25, seed: 6 },
      )
    })
  },
)
