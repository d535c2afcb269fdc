import { toHex } from '@smets2-sim/bytes'
import { alerts, CANCEL_TIME } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import type { TestBench } from '../testing/bench.fixture.js'
import { certified, type CertifiedParty } from '../testing/certificates.fixture.js'
import { allCells, cellsOf, first, give, held, holder, type Order, securityBench } from '../testing/orders.fixture.js'
import type { CellName } from './trust-anchors.js'

const secondSupplier = certified('supplier', '90b3d51f30030000')
const renewed = certified('supplier', first.supplier.id, 1)
const ds: CellName = { role: 'supplier', usage: 'digitalSignature' }
const bySupplier = (change: Partial<Order> = {}): Order => ({
  mode: 2,
  by: first.supplier,
  cells: allCells(renewed),
  ...change,
})
const codes = ({ device }: TestBench): number[] =>
  [...device.log('securityLog.buffer').entries()].map(({ code }: { code: number }) => code)

describe('a dated order', () => {
  const start = 500_000_000
  const tickAt = (bench: TestBench, time: number): void => {
    bench.clock.time = time
    bench.device.tick()
  }
  const change = (to: CertifiedParty, at: Order['at'], counter: bigint): Order => ({
    mode: 7,
    by: first.transitionalCoS,
    cells: allCells(to),
    counter,
    ...(at !== undefined && { at }),
  })
  it('is accepted at once and done at its time', () => {
    const bench = securityBench()
    expect(give(bench, change(secondSupplier, start + 60, 1n))).toEqual({ accepted: true })
    tickAt(bench, start + 59)
    expect(holder(bench, ds)).toMatch(first.supplier.id)
    tickAt(bench, start + 60)
    expect(holder(bench, ds)).toMatch(secondSupplier.id)
    expect(codes(bench)).toEqual([alerts.updateSecurityCredentials.code])
    expect(bench.sent).toMatchObject([{ target: first.transitionalCoS.id, otherInformation: { messageCode: 0x00cb } }])
  })
  it('is cancelled, and replaced by a later one', () => {
    const third = certified('supplier', '90b3d51f30040000')
    const bench = securityBench()
    give(bench, change(secondSupplier, start + 60, 1n))
    expect(give(bench, change(secondSupplier, CANCEL_TIME, 2n))).toEqual({ accepted: true })
    expect(bench.device.nextDue()).toBeUndefined()
    give(bench, change(secondSupplier, start + 60, 3n))
    give(bench, change(third, start + 90, 4n))
    tickAt(bench, start + 60)
    expect(holder(bench, ds)).toMatch(first.supplier.id)
    tickAt(bench, start + 90)
    expect(holder(bench, ds)).toMatch(third.id)
  })
  it('with a time that has passed is done at once', () => {
    expect(give(securityBench(), change(secondSupplier, start - 1, 1n)).statuses).toHaveLength(3)
  })
  it('of a party that is no longer known at that time is not done', () => {
    const bench = securityBench()
    give(bench, { ...bySupplier({ counter: 1n }), at: start + 100 })
    give(bench, change(secondSupplier, undefined, 1n))
    tickAt(bench, start + 200)
    for (const one of cellsOf(secondSupplier)) expect(holder(bench, one)).toMatch(secondSupplier.id)
  })
  it('of a party that only renewed its keys is done', () => {
    const bench = securityBench()
    give(bench, {
      ...bySupplier({ counter: 1n, cells: allCells(certified('supplier', first.supplier.id, 2)) }),
      at: start + 100,
    })
    give(bench, { mode: 8, by: first.recovery, cells: allCells(renewed), counter: 1n })
    tickAt(bench, start + 200)
    expect(holder(bench, ds)).toBe(held(certified('supplier', first.supplier.id, 2), 'digitalSignature'))
  })
  it('that fails says so to who ordered it', () => {
    const bench = securityBench()
    give(bench, { ...change(secondSupplier, start + 60, 1n), path: [] })
    tickAt(bench, start + 60)
    expect(holder(bench, ds)).toMatch(first.supplier.id)
    const codeAt = toHex(bench.sent[0]?.content ?? new Uint8Array(0))
    expect(codeAt).toContain('8f67')
  })
})
