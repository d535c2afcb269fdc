import { describe, expect, it } from 'vitest'
import {
  authorityCertificate,
  certificateOf,
  certified,
  issuer,
  newIssuer,
  newRoot,
  path,
  root,
} from '../testing/certificates.fixture.js'
import { allCells, cellsOf, first, give, held, holder, type Order, securityBench } from '../testing/orders.fixture.js'
import type { CellName } from './trust-anchors.js'

const rootCell: CellName = { role: 'root', usage: 'keyCertSign' }
const recoveryCell: CellName = { role: 'recovery', usage: 'digitalSignature' }
const renewed = certified('supplier', first.supplier.id, 1)
const bySupplier = (change: Partial<Order> = {}): Order => ({
  mode: 2,
  by: first.supplier,
  cells: allCells(renewed),
  ...change,
})

describe('a new root (CS02b_rootBySupplier)', () => {
  const linked = authorityCertificate(root, newRoot)
  const selfMade = authorityCertificate(newRoot, newRoot)
  const order = (der: Uint8Array, issuers: readonly Uint8Array[] = [], change: Partial<Order> = {}): Order => ({
    mode: 0,
    by: first.supplier,
    cells: [[rootCell, der]],
    path: issuers,
    ...change,
  })
  it('is taken with the word of the old one: in its certificate, or in one beside it', () => {
    expect(give(securityBench(), order(linked)).statuses).toEqual(['success'])
    expect(give(securityBench(), order(selfMade, [linked])).statuses).toEqual(['success'])
  })
  it('is refused without it, whoever sends it', () => {
    expect(give(securityBench(), order(selfMade)).statuses).toEqual(['noTrustAnchor'])
    expect(give(securityBench(), order(selfMade, [selfMade])).statuses).toEqual(['noTrustAnchor'])
    const byRecovery = order(selfMade, [], { mode: 8, by: first.recovery })
    expect(give(securityBench(), byRecovery).statuses).toEqual(['noTrustAnchor'])
  })
  it('is refused when it may not issue', () => {
    expect(give(securityBench(), order(certificateOf(first.supplier, 'digitalSignature'), path)).statuses).toEqual([
      'badCertificate',
    ])
    const issuing = authorityCertificate(root, issuer)
    expect(give(securityBench(), order(issuing)).statuses).toEqual(['badCertificate'])
  })
  it('lets in what leads to it, and no longer what led to the old one', () => {
    const bench = securityBench()
    give(bench, order(linked))
    const to = renewed
    expect(give(bench, bySupplier({ counter: 1001n })).statuses).toEqual([
      'noTrustAnchor',
      'noTrustAnchor',
      'noTrustAnchor',
    ])
    const cells: Order['cells'] = cellsOf(to).map((one) => [one, certificateOf(to, one.usage, newIssuer)])
    const issuers = [authorityCertificate(newRoot, newIssuer)]
    expect(give(bench, bySupplier({ counter: 1002n, cells, path: issuers })).statuses).toEqual([
      'success',
      'success',
      'success',
    ])
  })
  it('and those who lead to it can come with one order, in any place of it', () => {
    const to = certified('recovery', first.recovery.id, 1)
    const cells: Order['cells'] = [
      [recoveryCell, certificateOf(to, 'digitalSignature', newIssuer)],
      [rootCell, linked],
    ]
    const issuers = [authorityCertificate(newRoot, newIssuer)]
    const bench = securityBench()
    expect(give(bench, { mode: 8, by: first.recovery, cells, path: issuers }).statuses).toEqual(['success', 'success'])
    expect(holder(bench, recoveryCell)).toBe(held(to, 'digitalSignature'))
  })
})
