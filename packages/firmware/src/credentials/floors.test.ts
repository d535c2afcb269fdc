import { ECS42 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { command, deviceId, type TestBench } from '../testing/bench.fixture.js'
import { certified, type CertifiedParty } from '../testing/certificates.fixture.js'
import { allCells, first, give, type Order, securityBench } from '../testing/orders.fixture.js'
import { setTopUpFloor, topUpFloor, utrnCounterCache } from './top-up-floor.js'

const second = certified('supplier', '90b3d51f30030000')
const renewed = certified('supplier', first.supplier.id, 1)
const counterOf = ({ device }: TestBench) => device.counters.current('supplier')
const enable = (bench: TestBench, from: CertifiedParty, counter: bigint) => {
  const outcome = bench.device.receive(
    command(ECS42.command({ to: deviceId }), { from, counter, macBy: first.accessControlBroker }),
  )
  return outcome.kind === 'responded' ? 'responded' : outcome.reason
}
let next = 1n
const changeTo = (to: CertifiedParty, floor: bigint, topUps?: bigint): Order => ({
  mode: 7,
  by: first.transitionalCoS,
  counter: next++,
  cells: allCells(to),
  control: {
    otherSeqNumberChanges: [
      {
        role: 2,
        floorSeqNumber: floor,
        ...(topUps !== undefined && { specialist: [{ usage: 0, seqNumber: topUps }] }),
      },
    ],
  },
})
const renew = (floor: bigint, change: Partial<Order> = {}): Order => ({
  mode: 2,
  by: first.supplier,
  cells: allCells(renewed),
  control: { newFloorSeqNumber: floor },
  ...change,
})

describe('the counter of a role', () => {
  it('starts at the floor that comes with a new party, higher or lower than before', () => {
    for (const floor of [0n, 7n, 1_000_000n]) {
      const bench = securityBench()
      enable(bench, first.supplier, 500n)
      give(bench, changeTo(second, floor))
      expect(counterOf(bench)).toBe(floor)
      expect(enable(bench, second, floor)).toBe('replayed')
      expect(enable(bench, second, floor + 1n)).toBe('responded')
    }
  })
  it('goes on where no floor is given', () => {
    const bench = securityBench()
    enable(bench, first.supplier, 500n)
    give(bench, { mode: 7, by: first.transitionalCoS, counter: next++, cells: allCells(second) })
    expect(enable(bench, second, 500n)).toBe('replayed')
    expect(enable(bench, second, 501n)).toBe('responded')
  })
  it('never goes back for a party that renews its keys: the broker would vouch for its old commands', () => {
    const bench = securityBench()
    give(bench, renew(0n))
    expect(counterOf(bench)).toBe(1000n)
    expect(enable(bench, renewed, 1000n)).toBe('replayed')
    give(
      bench,
      renew(5000n, { by: renewed, counter: 1001n, cells: allCells(certified('supplier', first.supplier.id, 2)) }),
    )
    expect(counterOf(bench)).toBe(5000n)
  })
  it('is not set where a cell of the role could not be replaced', () => {
    const bench = securityBench()
    give(bench, { ...changeTo(second, 9000n), path: [] })
    expect(counterOf(bench)).toBe(0n)
  })
  it('of a party that comes back is not below what it used when it was last here', () => {
    const bench = securityBench()
    enable(bench, first.supplier, 500n)
    give(bench, changeTo(second, 0n))
    enable(bench, second, 3n)
    give(bench, changeTo(first.supplier, 0n))
    expect(enable(bench, first.supplier, 500n)).toBe('replayed')
    expect(enable(bench, first.supplier, 501n)).toBe('responded')
    give(bench, changeTo(second, 0n))
    expect(enable(bench, second, 3n)).toBe('replayed')
  })
  it('of the recovery party is set by itself alone', () => {
    const bench = securityBench()
    const control = { newFloorSeqNumber: 70_000n }
    give(bench, { mode: 8, by: first.recovery, cells: allCells(first.recovery), control })
    expect(bench.device.counters.current('recovery')).toBe(70_000n)
    const byOther: Order['control'] = { otherSeqNumberChanges: [{ role: 1, floorSeqNumber: 80_000n }] }
    expect(give(bench, renew(0n, { control: byOther })).refused).toBe('malformedPayload')
    expect(bench.device.counters.current('recovery')).toBe(70_000n)
  })
})

describe('the floor of top-ups', () => {
  const floorOf = ({ device }: TestBench) => device.items.read(topUpFloor)
  const cacheOf = ({ device }: TestBench) => device.items.read(utrnCounterCache)
  const usedBench = (): TestBench => {
    const bench = securityBench()
    bench.device.items.write(utrnCounterCache, [40, 41])
    return bench
  }
  it('is that of the new supplier, whose tokens start anew', () => {
    const bench = usedBench()
    give(bench, changeTo(second, 5n, 9n << 32n))
    expect([floorOf(bench), cacheOf(bench)]).toEqual([9n << 32n, []])
  })
  it('is the general one where the new supplier uses no other', () => {
    const bench = usedBench()
    give(bench, changeTo(second, 8n << 32n))
    expect([floorOf(bench), cacheOf(bench)]).toEqual([8n << 32n, []])
  })
  it('of a supplier that comes back is above all that it issued', () => {
    const bench = usedBench()
    give(bench, changeTo(second, 0n, 0n))
    give(bench, changeTo(first.supplier, 0n, 0n))
    expect(floorOf(bench)).toBe(41n << 32n)
  })
  it('starts anew with a new key of the same supplier, and only rises under the old one', () => {
    const withNewKey = usedBench()
    give(
      withNewKey,
      renew(0n, { control: { newFloorSeqNumber: 0n, newSpecialistFloorSeqNumber: [{ usage: 0, seqNumber: 0n }] } }),
    )
    expect([floorOf(withNewKey), cacheOf(withNewKey)]).toEqual([0n, []])

    const withOldKey = usedBench()
    setTopUpFloor(withOldKey.device, 30n << 32n)
    withOldKey.device.items.write(utrnCounterCache, [40])
    const cells = allCells(renewed).slice(0, 2)
    const floor = (seqNumber: bigint) => ({
      newFloorSeqNumber: 0n,
      newSpecialistFloorSeqNumber: [{ usage: 0, seqNumber }],
    })
    give(withOldKey, renew(0n, { cells, control: floor(10n << 32n) }))
    expect([floorOf(withOldKey), cacheOf(withOldKey)]).toEqual([30n << 32n, [40]])
    const again = allCells(certified('supplier', first.supplier.id, 2)).slice(0, 2)
    give(withOldKey, renew(0n, { by: renewed, cells: again, counter: 1001n, control: floor(50n << 32n) }))
    expect([floorOf(withOldKey), cacheOf(withOldKey)]).toEqual([50n << 32n, [40]])
  })
  it('has nothing to do with the change of another role', () => {
    const bench = usedBench()
    const operator = certified('networkOperator', '90b3d51f30020001')
    give(bench, { mode: 3, by: first.networkOperator, cells: allCells(operator), control: { newFloorSeqNumber: 7n } })
    expect([floorOf(bench), cacheOf(bench)]).toEqual([-1n, [40, 41]])
  })
})
