import { decodeDataNotification, encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import { fromHex } from '@smets2-sim/bytes'
import { decodeMessage, ECS01b, ECS28a, loadLimitPeriod, loadLimitPowerThreshold, type UseCase } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { Device } from '../device.js'
import { activationOf, copies, itemOf, membersOf } from '../index.js'
import { command, deviceId, memoryStore, parties, type TestBench, testBench } from '../testing/bench.fixture.js'

const useCases = [ECS28a, ECS01b] as unknown as UseCase[]
/** Data items of the test's own stand for the active values. */
const active = (name: string) => ({ item: name, schema: { initial: 0 } }) as never
const activeItem = { name: 'test.activeThresholdW', initial: 0 }
const cosem = {
  members: membersOf(useCases),
  views: new Map(),
  activations: new Map([
    activationOf(
      loadLimitPeriod.activatePassiveValueTime,
      copies([loadLimitPeriod.valuePassive, active('test.activePeriodS')]),
    ),
    activationOf(
      loadLimitPowerThreshold.activatePassiveValueTime,
      copies([loadLimitPowerThreshold.valuePassive, active(activeItem.name)]),
    ),
  ]),
}

const now = fromHex('0000000000000000008000ff')
const cancel = fromHex('ffffffffffffffffff8000ff')
const at = (time: UtcSeconds): Uint8Array => encodeDateTime(time)

function order(bench: TestBench, thresholdW: number, time: Uint8Array, counter: bigint, otherTime = time) {
  const request = ECS28a.command({
    to: deviceId,
    loadLimitSupplyStateValuePassive: true,
    loadLimitPowerThresholdValuePassive: thresholdW,
    loadLimitPeriodValuePassive: 60,
    loadLimitRestorationPeriodValuePassive: 60,
    loadLimitSupplyStateActivatePassiveValueTime: time,
    loadLimitPowerThresholdActivatePassiveValueTime: otherTime,
    loadLimitPeriodActivatePassiveValueTime: time,
    loadLimitRestorationPeriodActivatePassiveValueTime: time,
  })
  const outcome = bench.device.receive(command(request, { counter }))
  if (outcome.kind !== 'responded') throw new Error(outcome.reason)
  const { content, originatorCounter } = decodeMessage(outcome.response)
  return request.read(
    content,
    { originatorCounter, originator: parties.supplier.id, target: deviceId },
    () => undefined,
  )
}
const activeThresholdW = ({ device }: TestBench): number => device.items.read(activeItem)
const tickAt = (bench: TestBench, time: UtcSeconds): void => {
  bench.clock.time = time
  bench.device.tick()
}

describe('a command that is dated', () => {
  const start = 500_000_000
  it('takes effect at once when it says now, without an alert', () => {
    const bench = testBench(useCases, { cosem })
    expect(order(bench, 3000, now, 1n).ok).toBe(true)
    expect(activeThresholdW(bench)).toBe(3000)
    expect(bench.sent).toEqual([])
  })
  it('takes effect at its time and not before, and says so to who ordered it', () => {
    const bench = testBench(useCases, { cosem })
    expect(order(bench, 3000, at(start + 3600), 1n).ok).toBe(true)
    expect(bench.device.nextDue()).toBe(start + 3600)
    tickAt(bench, start + 3599)
    expect(activeThresholdW(bench)).toBe(0)
    tickAt(bench, start + 7200)
    expect(activeThresholdW(bench)).toBe(3000)
    expect(bench.device.nextDue()).toBeUndefined()
    const [alert] = bench.sent.filter(({ content }) => content.length > 0)
    expect(alert).toMatchObject({ target: parties.supplier.id, otherInformation: { messageCode: 0x00cc } })
    const { body } = decodeDataNotification(alert?.content ?? new Uint8Array(0))
    expect(body).toMatchObject({ type: 'structure', items: [{ value: 0x8f66 }, { bytes: at(start + 3600) }, {}] })
  })
  it('is cancelled by one that says so, and replaced by a later one', () => {
    const bench = testBench(useCases, { cosem })
    order(bench, 3000, at(start + 3600), 1n)
    order(bench, 3000, cancel, 2n)
    expect(bench.device.nextDue()).toBeUndefined()
    order(bench, 4000, at(start + 3600), 3n)
    order(bench, 5000, at(start + 9000), 4n)
    tickAt(bench, start + 3600)
    expect(activeThresholdW(bench)).toBe(0)
    tickAt(bench, start + 9000)
    expect(activeThresholdW(bench)).toBe(5000)
    expect(bench.sent.every(({ content }) => content.includes(0x8f))).toBe(true)
  })
  it('that is late already counts as now', () => {
    const bench = testBench(useCases, { cosem })
    order(bench, 3000, at(start - 1), 1n)
    expect(activeThresholdW(bench)).toBe(3000)
  })
  it('is refused where its times differ or do not exist', () => {
    const bench = testBench(useCases, { cosem })
    expect(order(bench, 3000, at(start + 60), 1n, at(start + 61)).ok).toBe(false)
    expect(order(bench, 3000, fromHex('07ea0d01ff000000008000ff'), 2n).ok).toBe(false)
  })
  it('reports a failure at its time, and leaves the value as it was', () => {
    const bench = testBench(useCases, { cosem })
    order(bench, 3000, at(start + 60), 1n)
    bench.device.faults.inject(`activation ${loadLimitPowerThreshold.activatePassiveValueTime.key}`, 1)
    tickAt(bench, start + 60)
    expect(activeThresholdW(bench)).toBe(0)
    const codes = bench.sent.map(({ content }) => {
      const { body } = decodeDataNotification(content)
      return body.type === 'structure' && body.items[0]?.type === 'longUnsigned' ? body.items[0].value : 0
    })
    expect(codes).toContain(0x8f67)
  })
  it('survives a power cycle', () => {
    const store = memoryStore()
    const bench = testBench(useCases, { cosem }, { store })
    order(bench, 3000, at(start + 60), 1n)
    const device = new Device(bench.device.profile, deviceId, bench.device.ports)
    expect(device.items.read(itemOf(loadLimitPowerThreshold.valuePassive))).toBe(3000)
    bench.clock.time = start + 60
    device.tick()
    expect(activeThresholdW({ ...bench, device })).toBe(3000)
  })
})
