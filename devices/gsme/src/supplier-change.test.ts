import { native } from '@smets2-sim/crypto'
import { takePushes } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { decodeAlertComponents, decodeGbzAlert } from '@smets2-sim/gbcs'
import { decodeFields, metering } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { openFor, parties } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { meterBench } from './bench.fixture.js'
import { supplierReplaced } from './commands.js'
import { setDemand } from './index.js'

type Bench = ReturnType<typeof meterBench>
describe('a change of supplier', () => {
  const { supplier, networkOperator: losing } = parties
  const wordTo = (bench: Bench, id: string) =>
    bench.sent.filter(({ otherInformation, target }) => otherInformation.messageCode === 0x008b && target === id)
  const snapshotFor = (bench: Bench, reader: typeof supplier) => {
    const [alert] = wordTo(bench, reader.id)
    if (!alert) return undefined
    const [component] = decodeAlertComponents(decodeGbzAlert(alert.content).content ?? new Uint8Array(0))
    const plaintext = openFor(alert, reader, component?.sealed ?? new Uint8Array(0))
    return plaintext && decodeFields(metering.toClient.publishSnapshot, plaintext)
  }
  const handover = (role: 'supplier' | 'networkOperator') => ({
    role,
    losing: { id: losing.id, keyAgreement: native.publicKeyOf(losing.agree) },
    gaining: supplier.id,
  })

  it('is told with one and the same reading to both, each under its own key', () => {
    const bench = meterBench()
    setDemand(bench.device, 100)
    bench.advance(5000)
    bench.sent.length = 0
    supplierReplaced(bench.device, [], [handover('supplier')])
    const both = [snapshotFor(bench, supplier), snapshotFor(bench, losing)]
    expect(both[0]).toMatchObject({ snapshotTime: bench.clock.time, snapshotCause: 1 << 13 })
    expect(both[1]).toEqual(both[0])
    expect(takePushes(bench.device)).toContainEqual(
      expect.objectContaining({ command: 'metering.publishSnapshot', time: bench.clock.time }),
    )
  })
  it('is not one when another party follows another', () => {
    const bench = meterBench()
    bench.sent.length = 0
    supplierReplaced(bench.device, [], [handover('networkOperator')])
    expect(bench.sent).toEqual([])
  })
})
