import { native } from '@smets2-sim/crypto'
import { describe, expect, it } from 'vitest'
import type { TestBench } from '../testing/bench.fixture.js'
import { authorityCertificate, certificateOf, certified, newIssuer, newRoot } from '../testing/certificates.fixture.js'
import { allCells, first, give, held, holder, holders, type Order, securityBench } from '../testing/orders.fixture.js'
import { contingencyKey, unwrapContingencyKey, wrapContingencyKey } from './contingency.js'
import type { CellName } from './trust-anchors.js'

const octets = (count: number, from: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => from + i)
const contingency = certified('recovery', first.recovery.id, 99)
const symmetricKey = octets(16, 3)
const publicKey = native.publicKeyOf(contingency.sign)
const wrapped = wrapContingencyKey(native, symmetricKey, octets(12, 40), publicKey)

const rootCell: CellName = { role: 'root', usage: 'keyCertSign' }
const recoveryCell: CellName = { role: 'recovery', usage: 'digitalSignature' }
const recovery = certified('recovery', '90b3d51f30000011')
/** A new world: a root that the old one knows nothing of, and a recovery party under it. */
const newWorld: Order = {
  mode: 9,
  by: first.recovery,
  cells: [
    [recoveryCell, certificateOf(recovery, 'digitalSignature', newIssuer)],
    [rootCell, authorityCertificate(newRoot, newRoot)],
  ],
  path: [authorityCertificate(newRoot, newIssuer)],
  control: { plaintextSymmetricKey: symmetricKey, newFloorSeqNumber: 0n },
  options: { signedBy: contingency },
}
function contingencyBench(): TestBench {
  const bench = securityBench()
  bench.device.items.write(contingencyKey, wrapped)
  return bench
}

describe('the contingency key', () => {
  it('is unlocked by the symmetric key that it was wrapped with, whole', () => {
    expect(unwrapContingencyKey(native, symmetricKey, wrapped)).toEqual(publicKey)
    expect(unwrapContingencyKey(native, octets(16, 4), wrapped)).toBeUndefined()
    expect(unwrapContingencyKey(native, octets(15, 3), wrapped)).toBeUndefined()
    expect(unwrapContingencyKey(native, symmetricKey, wrapped.subarray(1))).toBeUndefined()
    for (let at = 0; at < wrapped.length; at++)
      expect(
        unwrapContingencyKey(
          native,
          symmetricKey,
          wrapped.map((o, i) => (i === at ? o ^ 1 : o)),
        ),
      ).toBeUndefined()
  })
  it('installs a root that the old one does not vouch for, and whom that one vouches for', () => {
    const bench = contingencyBench()
    expect(give(bench, newWorld).statuses).toEqual(['success', 'success'])
    expect(holder(bench, recoveryCell)).toBe(held(recovery, 'digitalSignature'))
    expect(bench.device.anchors.get('root', 'keyCertSign')?.publicKey).toEqual(newRoot.publicKey)
  })
  it('lets the new recovery party rebuild the rest', () => {
    const bench = contingencyBench()
    give(bench, newWorld)
    const supplier = certified('supplier', '90b3d51f30010011')
    const cells: Order['cells'] = allCells(supplier).map(([cell]) => [
      cell,
      certificateOf(supplier, cell.usage, newIssuer),
    ])
    const order: Order = { mode: 8, by: recovery, counter: 1n, cells, path: newWorld.path ?? [] }
    expect(give(bench, order).statuses).toEqual(['success', 'success', 'success'])
    expect(give(bench, { ...order, by: first.recovery, counter: 2n }).refused).toBe('unknownOriginator')
  })

  const wrong: Readonly<Record<string, [Partial<Order>, string]>> = {
    'signed by the recovery party': [{ options: {} }, 'badSignature'],
    'with another symmetric key': [{ control: { plaintextSymmetricKey: octets(16, 4) } }, 'badSignature'],
    'without the symmetric key': [{ control: {} }, 'badSignature'],
    'with a MAC besides': [{ options: { signedBy: contingency, protection: 'signatureAndMac' } }, 'wrongProtection'],
    'from another party': [{ by: first.supplier }, 'notAuthorised'],
    'with a payload that is none': [
      { options: { signedBy: contingency, change: { content: Uint8Array.of(1) } } },
      'badSignature',
    ],
  }
  it.each(Object.entries(wrong))('does nothing for an order %s', (_name, [change, refused]) => {
    const bench = contingencyBench()
    const before = holders(bench)
    expect(give(bench, { ...newWorld, ...change }).refused).toBe(refused)
    expect(holders(bench)).toEqual(before)
  })
  it('does nothing on a device that was given none', () => {
    expect(give(securityBench(), newWorld).refused).toBe('badSignature')
  })
  it('is of no use for an ordinary recovery', () => {
    const order: Order = { mode: 8, by: first.recovery, cells: allCells(recovery), options: { signedBy: contingency } }
    expect(give(contingencyBench(), order).refused).toBe('badSignature')
  })
  it('installs no root that did not issue itself', () => {
    const bench = contingencyBench()
    const cells: Order['cells'] = [[rootCell, authorityCertificate(newIssuer, newRoot)]]
    const control = { plaintextSymmetricKey: symmetricKey }
    expect(give(bench, { ...newWorld, cells, control, path: [] }).statuses).toEqual(['noTrustAnchor'])
  })
})
