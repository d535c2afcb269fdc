import { native } from '@smets2-sim/crypto'
import { alerts, ECS42, ECS52, type RemotePartyRole, remotePartyRole } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { Device } from '../device.js'
import { command, deviceId, memoryStore, type TestBench } from '../testing/bench.fixture.js'
import {
  authorityCertificate,
  certificateOf,
  certified,
  type CertifiedParty,
  issuer,
  newIssuer,
  newRoot,
  path,
  root,
} from '../testing/certificates.fixture.js'
import {
  allCells,
  cellsOf,
  first,
  give,
  held,
  holder,
  holders,
  type Order,
  securityBench,
} from '../testing/orders.fixture.js'
import type { CellName } from './trust-anchors.js'

const cell = (role: RemotePartyRole, usage: CellName['usage'] = 'digitalSignature'): CellName => ({ role, usage })
const secondSupplier = certified('supplier', '90b3d51f30030000')
const renewed = (party: CertifiedParty): CertifiedParty => certified(party.role, party.id, 1)
const ds = cell('supplier')
const bySupplier = (change: Partial<Order> = {}): Order => ({
  mode: 2,
  by: first.supplier,
  cells: allCells(renewed(first.supplier)),
  ...change,
})
const bySupplierControl = (control: Order['control']): Order => bySupplier({ control: control ?? {} })
const codes = ({ device }: TestBench): number[] =>
  [...device.log('securityLog.buffer').entries()].map(({ code }: { code: number }) => code)

describe('each mode of replacement', () => {
  const modes: readonly (readonly [number, CertifiedParty, CertifiedParty])[] = [
    [2, first.supplier, renewed(first.supplier)],
    [2, first.supplier, secondSupplier],
    [3, first.networkOperator, renewed(first.networkOperator)],
    [4, first.accessControlBroker, renewed(first.accessControlBroker)],
    [6, first.transitionalCoS, renewed(first.transitionalCoS)],
    [7, first.transitionalCoS, secondSupplier],
    [8, first.recovery, renewed(first.recovery)],
    [8, first.recovery, renewed(first.accessControlBroker)],
    [8, first.recovery, secondSupplier],
    [10, first.loadController, renewed(first.loadController)],
    [11, first.supplier, renewed(first.loadController)],
  ]
  it.each(modes)('mode %i: replaces the credentials it is for', (mode, by, to) => {
    const bench = securityBench()
    const before = holders(bench)
    const { statuses } = give(bench, { mode, by, cells: allCells(to) })
    expect(statuses).toEqual(cellsOf(to).map(() => 'success'))
    const expected = securityBench()
    for (const one of cellsOf(to)) {
      expect(holder(bench, one)).toBe(held(to, one.usage))
      const anchor = bench.device.anchors.get(one.role, one.usage)
      if (anchor) expected.device.anchors.set(one, anchor)
    }
    expect(holders(bench)).toEqual(holders(expected))
    expect(holders(bench)).not.toEqual(before)
    expect(codes(bench)).toEqual([alerts.updateSecurityCredentials.code])
  })
  it('modes 1 and 5 are for the hub (CS02b_rootByWanProvider, CS02b_wanProviderByWanProvider)', () => {
    const bench = securityBench({
      kind: 'chf',
      cells: [...securityBench().device.anchors.cells, cell('wanProvider'), cell('wanProvider', 'keyAgreement')],
    })
    const to = renewed(first.wanProvider)
    expect(give(bench, { mode: 5, by: first.wanProvider, cells: allCells(to) }).statuses).toEqual([
      'success',
      'success',
    ])
    const cells: Order['cells'] = [[cell('root', 'keyCertSign'), authorityCertificate(root, newRoot)]]
    expect(give(bench, { mode: 1, by: to, counter: 1001n, cells }).statuses).toEqual(['success'])
  })

  const wrong: readonly (readonly [number, CertifiedParty, CertifiedParty])[] = [
    [2, first.supplier, first.networkOperator],
    [3, first.networkOperator, first.supplier],
    [4, first.accessControlBroker, first.transitionalCoS],
    [6, first.transitionalCoS, first.supplier],
    [7, first.transitionalCoS, first.recovery],
    [7, first.transitionalCoS, first.networkOperator],
    [10, first.loadController, first.supplier],
    [11, first.supplier, first.accessControlBroker],
  ]
  it.each(wrong)('mode %i does not replace those it is not for', (mode, by, other) => {
    const bench = securityBench()
    const before = holders(bench)
    const { statuses } = give(bench, { mode, by, cells: allCells(renewed(other)) })
    expect(statuses).toEqual(cellsOf(other).map(() => 'trustAnchorNotFound'))
    expect(holders(bench)).toEqual(before)
    expect(codes(bench)).toEqual([])
  })
  it.each([
    [2, first.transitionalCoS],
    [7, first.supplier],
    [3, first.supplier],
    [6, first.recovery],
    [8, first.supplier],
    [4, first.supplier],
    [0, first.networkOperator],
  ])('mode %i is refused from another role', (mode, by) => {
    const bench = securityBench()
    const before = holders(bench)
    expect(give(bench, { mode, by, cells: allCells(secondSupplier) }).refused).toBe('notAuthorised')
    expect(holders(bench)).toEqual(before)
  })
})

describe('a certificate', () => {
  const to = renewed(first.supplier)
  const subject = (role: RemotePartyRole) => ({ kind: 'issuer', commonName: 'X', role: remotePartyRole[role] }) as const
  const own = { ...newIssuer, privateKey: to.sign, publicKey: native.publicKeyOf(to.sign) }
  const offer = (by = issuer, change: Parameters<typeof certificateOf>[3] = {}): Uint8Array =>
    certificateOf(to, 'digitalSignature', by, change)
  /** One octet of the signature is another, which DER does not care about. */
  const altered = (der: Uint8Array): Uint8Array => der.map((octet, i) => (i === der.length - 8 ? octet ^ 1 : octet))

  const offers: Readonly<Record<string, { der: Uint8Array; status: string; issuers?: readonly Uint8Array[] }>> = {
    'of another role': {
      der: certificateOf(certified('networkOperator', to.id), 'digitalSignature'),
      status: 'badCertificate',
    },
    'for another use': { der: certificateOf(to, 'keyAgreement'), status: 'badCertificate' },
    'of nobody': { der: offer(issuer, { subject: subject('supplier') }), status: 'badCertificate' },
    'of a device': {
      der: offer(issuer, { subject: { kind: 'device', entityId: deviceId } }),
      status: 'badCertificate',
    },
    'that is none': { der: Uint8Array.of(0x30, 3, 2, 1, 5), status: 'badCertificate' },
    'with a path of something else': { der: offer(), status: 'badCertificate', issuers: [Uint8Array.of(5, 0)] },
    'of an unknown issuer': { der: offer(newIssuer), status: 'noTrustAnchor' },
    'of an issuer of another root': {
      der: offer(newIssuer),
      status: 'noTrustAnchor',
      issuers: [...path, authorityCertificate(newRoot, newIssuer)],
    },
    'without its path': { der: offer(), status: 'noTrustAnchor', issuers: [] },
    'that it issued itself': { der: offer(own), status: 'noTrustAnchor' },
    'with an altered signature': { der: altered(offer()), status: 'noTrustAnchor' },
    'older than its issuer': { der: offer(issuer, { notBefore: '20100101000000Z' }), status: 'noTrustAnchor' },
  }
  it.each(Object.entries(offers))('%s is refused for its cell', (_name, { der, status, issuers = path }) => {
    const bench = securityBench()
    const before = holder(bench, ds)
    const { statuses } = give(bench, bySupplier({ cells: [[ds, der]], path: issuers }))
    expect(statuses).toEqual([status])
    expect(holder(bench, ds)).toBe(before)
  })
  it('that is refused does not keep the others from their cells', () => {
    const bench = securityBench()
    const [, ...rest] = allCells(to)
    const { statuses } = give(bench, bySupplier({ cells: [[ds, offer(newIssuer)], ...rest] }))
    expect(statuses).toEqual(['noTrustAnchor', 'success', 'success'])
    expect(holder(bench, ds)).toBe(held(first.supplier, 'digitalSignature'))
    expect(holder(bench, cell('supplier', 'keyAgreement'))).toBe(held(to, 'keyAgreement'))
  })
  it('older than its issuer is taken where its dates are not to be looked at', () => {
    const der = certificateOf(to, 'digitalSignature', issuer, { notBefore: '20100101000000Z' })
    const order = bySupplier({ cells: [[ds, der]], control: { applyTimeBasedCPVChecks: 1 } })
    expect(give(securityBench(), order).statuses).toEqual(['success'])
  })
  it('for a cell that the device does not have finds no place', () => {
    const wanProvider = renewed(first.wanProvider)
    const order: Order = { mode: 8, by: first.recovery, cells: allCells(wanProvider) }
    expect(give(securityBench(), order).statuses).toEqual(['trustAnchorNotFound', 'trustAnchorNotFound'])
  })
  it('finds no memory where there is none, and the cell stays as it was', () => {
    const bench = securityBench()
    bench.device.faults.inject('asn1 CS02b', 17)
    const before = holder(bench, ds)
    expect(give(bench, bySupplier()).statuses).toEqual(['insufficientMemory', 'success', 'success'])
    expect(holder(bench, ds)).toBe(before)
  })
  it('of a supplier makes it its customers load controller', () => {
    const order: Order = {
      mode: 11,
      by: first.supplier,
      cells: [[cell('loadController'), certificateOf(first.supplier, 'digitalSignature')]],
    }
    expect(give(securityBench(), order).statuses).toEqual(['success'])
  })
})

describe('an order', () => {
  const own = remotePartyRole.supplier
  const refusals: readonly (readonly [string, Order])[] = [
    ['with the mode of another', bySupplierControl({ credentialsReplacementMode: 7 })],
    ['with another sequence number than its counter', bySupplierControl({ authorisingSeqNumber: 999n })],
    ['without the cell that authorises it', bySupplierControl({ authorisingCell: undefined as never })],
    [
      'authorised by the cell of another role',
      bySupplierControl({ authorisingCell: { role: 5, keyUsage: 'digitalSignature', cellUsage: 0 } }),
    ],
    [
      'authorised by a key that does not sign',
      bySupplierControl({ authorisingCell: { role: 2, keyUsage: 'keyAgreement', cellUsage: 0 } }),
    ],
    [
      'authorised by a cell that does not exist',
      bySupplierControl({ authorisingCell: { role: 99, keyUsage: 'digitalSignature', cellUsage: 0 } }),
    ],
    ['with a symmetric key that nothing needs', bySupplierControl({ plaintextSymmetricKey: new Uint8Array(16) })],
    ['with unknown checks of time', bySupplierControl({ applyTimeBasedCPVChecks: 2 })],
    ['that replaces nothing', bySupplier({ cells: [] })],
    [
      'that names a cell twice',
      bySupplier({
        cells: [
          [ds, secondSupplier],
          [ds, renewed(first.supplier)],
        ],
      }),
    ],
    [
      'with a floor for a role that it may not replace',
      bySupplierControl({ otherSeqNumberChanges: [{ role: 1, floorSeqNumber: 1n }] }),
    ],
    [
      'with a second floor for its own role',
      bySupplierControl({ newFloorSeqNumber: 1n, otherSeqNumberChanges: [{ role: own, floorSeqNumber: 1n }] }),
    ],
    [
      'with a floor for its own role in the field for others',
      bySupplierControl({ otherSeqNumberChanges: [{ role: own, floorSeqNumber: 1n }] }),
    ],
    [
      'with a floor for top-ups alone',
      bySupplierControl({ newSpecialistFloorSeqNumber: [{ usage: 0, seqNumber: 1n }] }),
    ],
    [
      'with a floor for something unknown',
      bySupplierControl({ newFloorSeqNumber: 1n, newSpecialistFloorSeqNumber: [{ usage: 1, seqNumber: 1n }] }),
    ],
    [
      'with two floors for top-ups',
      bySupplierControl({
        newFloorSeqNumber: 1n,
        newSpecialistFloorSeqNumber: [
          { usage: 0, seqNumber: 1n },
          { usage: 0, seqNumber: 2n },
        ],
      }),
    ],
  ]
  it.each(refusals)('%s is refused as a whole', (_name, order) => {
    const bench = securityBench()
    const before = holders(bench)
    expect(give(bench, order)).toMatchObject({ refused: 'malformedPayload' })
    expect(holders(bench)).toEqual(before)
    expect(bench.device.counters.current('recovery')).toBe(0n)
    expect(codes(bench)).toEqual([alerts.integrityCheckOfContentOrFormatOfCommandFailed.code])
  })
  it('of the party for change of supplier sets no floor for itself: none of its cells is replaced', () => {
    const order: Order = {
      mode: 7,
      by: first.transitionalCoS,
      cells: allCells(secondSupplier),
      control: { newFloorSeqNumber: 5n },
    }
    expect(give(securityBench(), order).refused).toBe('malformedPayload')
  })
  it('of the broker for itself needs no authorising cell but on the hub', () => {
    const cells = allCells(renewed(first.accessControlBroker))
    const order: Order = { mode: 4, by: first.accessControlBroker, cells }
    expect(give(securityBench(), order).statuses).toEqual(['success', 'success'])
    const hub = { ...order, options: { protection: 'signatureAndMac' } as const }
    expect(give(securityBench({ kind: 'chf' }), hub).refused).toBe('malformedPayload')
    const named = {
      ...hub,
      control: { authorisingCell: { role: 4, keyUsage: 'digitalSignature', cellUsage: 0 } as const },
    }
    expect(give(securityBench({ kind: 'chf' }), named).statuses).toEqual(['success', 'success'])
    expect(give(securityBench(), { ...order, options: { protection: 'signatureAndMac' } }).refused).toBe(
      'wrongProtection',
    )
  })
  it('of the recovery party carries no MAC', () => {
    const order: Order = { mode: 8, by: first.recovery, cells: allCells(secondSupplier) }
    expect(give(securityBench(), { ...order, options: { protection: 'signatureAndMac' } }).refused).toBe(
      'wrongProtection',
    )
  })
  it('is executed once', () => {
    const bench = securityBench()
    expect(give(bench, bySupplier()).statuses).toHaveLength(3)
    expect(give(bench, bySupplier()).refused).toBe('replayed')
  })
})

describe('the new keys', () => {
  const read = (from: CertifiedParty, counter: bigint, macBy: CertifiedParty = first.accessControlBroker): Uint8Array =>
    command(ECS52.command({ to: deviceId }), { from, counter, macBy })
  const enable = (from: CertifiedParty, counter: bigint): Uint8Array =>
    command(ECS42.command({ to: deviceId }), { from, counter, macBy: first.accessControlBroker })
  it('are used from then on, the old ones are not', () => {
    const bench = securityBench()
    give(bench, bySupplier())
    expect(bench.device.receive(enable(first.supplier, 1001n))).toMatchObject({ reason: 'badSignature' })
    expect(bench.device.receive(enable(renewed(first.supplier), 1002n)).kind).toBe('responded')
  })
  it('of the broker make the MACs from then on', () => {
    const bench = securityBench()
    const broker = renewed(first.accessControlBroker)
    give(bench, { mode: 4, by: first.accessControlBroker, cells: allCells(broker) })
    expect(bench.device.receive(read(first.supplier, 5n))).toMatchObject({ reason: 'badMac' })
    expect(bench.device.receive(read(first.supplier, 5n, broker)).kind).toBe('responded')
  })
  it('belong to a party that was unknown until then, and the former one is refused and logged', () => {
    const bench = securityBench()
    expect(bench.device.receive(enable(secondSupplier, 1n))).toMatchObject({ reason: 'unknownOriginator' })
    give(bench, { mode: 7, by: first.transitionalCoS, cells: allCells(secondSupplier) })
    const before = codes(bench).length
    expect(bench.device.receive(enable(first.supplier, 2000n))).toMatchObject({ reason: 'unknownOriginator' })
    expect(codes(bench).slice(before)).toEqual([alerts.unauthorisedCommunicationAccessAttempted.code])
    expect(bench.device.receive(enable(secondSupplier, 2001n)).kind).toBe('responded')
  })
  it('survive a power cycle', () => {
    const bench = securityBench({}, { store: memoryStore() })
    give(bench, { mode: 7, by: first.transitionalCoS, cells: allCells(secondSupplier) })
    const restored = new Device(bench.device.profile, deviceId, bench.device.ports)
    expect(holders({ ...bench, device: restored })).toEqual(holders(bench))
    expect(restored.receive(enable(secondSupplier, 2001n)).kind).toBe('responded')
  })
})
