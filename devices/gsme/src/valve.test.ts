import fc from 'fast-check'
import { isOpen, setValveState, supply, supplyEvent, valveState } from '@smets2-sim/firmware'
import { GCS24a, GCS32, GCS39 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { enableSupply, register, setDemand, stimuli } from './index.js'
import { meterBench, meterId, START } from './bench.fixture.js'

const { gasSupply } = supply
type Bench = ReturnType<typeof meterBench>
const change = (useCase: typeof GCS32 | typeof GCS39, proposedSupplyStatus: number) =>
  useCase.command({
    to: meterId,
    parts: [
      {
        item: 'changeSupply',
        fields: {
          providerId: 0,
          issuerEventId: START,
          requestDateTime: 0,
          implementationDateTime: 0,
          proposedSupplyStatus,
          supplyControlBits: 1,
        },
      },
    ],
  })
const flowLimit = (threshold: number, divisor: number, supplyTamperState = 3, measurementPeriod = 60) =>
  GCS24a.command({
    to: meterId,
    parts: [
      {
        item: 'setUncontrolledFlowThreshold',
        fields: {
          providerId: 0,
          issuerEventId: START,
          uncontrolledFlowThreshold: threshold,
          unitOfMeasure: 1,
          multiplier: 1,
          divisor,
          stabilisationPeriod: 100,
          measurementPeriod,
        },
      },
      {
        item: 'setSupplyStatus',
        fields: {
          issuerEventId: START,
          supplyTamperState,
          supplyDepletionState: supplyTamperState,
          supplyUncontrolledFlowState: 0,
          loadLimitSupplyState: 3,
        },
      },
    ],
  })

/** Everything that may happen to a valve from outside. */
const happenings: Readonly<Record<string, (bench: Bench) => void>> = {
  disable: (bench) => void bench.send(change(GCS32, 0)),
  arm: (bench) => void bench.send(change(GCS39, 1)),
  enableFromAfar: (bench) => expect(() => bench.send(change(GCS39, 2))).toThrow(/itemNotInUseCase/),
  person: ({ device }) => void enableSupply(device),
  openCover: ({ device }) => stimuli.openMeterCover(device),
  losePower: ({ device }) => stimuli.losePower(device),
  wait: (bench) => bench.advance(300),
}

describe('the valve', () => {
  it('never opens but by a person at an armed meter, and lets no gas through while it is closed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.keys(happenings)), { maxLength: 25 }),
        fc.boolean(),
        (sequence, locks) => {
          const bench = meterBench()
          const { device } = bench
          bench.send(flowLimit(10_000, 1, locks ? 0 : 3))
          setDemand(device, 600)
          for (const name of sequence) {
            const [before, open, litres] = [valveState(device), isOpen(device), device.items.read(register)]
            happenings[name]?.(bench)
            if (!open && isOpen(device)) expect([name, before]).toEqual(['person', 'armed'])
            if (!open && name === 'wait') expect(device.items.read(register)).toBe(litres)
            expect(gasSupply.states).toContain(valveState(device))
          }
        },
      ),
      { numRuns: 40 },
    )
  })
  it('has a way back from every state', () => {
    const reaches = (from: supply.GasSupplyState, seen = new Set<supply.GasSupplyState>()): boolean => {
      if (from === 'enabled') return true
      if (seen.has(from)) return false
      seen.add(from)
      return Object.values(gasSupply.table[from]).some((next) => reaches(next as supply.GasSupplyState, seen))
    }
    for (const state of gasSupply.states) expect([state, reaches(state)]).toEqual([state, true])
  })
  it('shows its state as one of three', () => {
    expect(Object.fromEntries(gasSupply.states.map((state) => [state, supply.zclStatusOf(state)]))).toEqual({
      enabled: 2,
      proving: 2,
      armed: 1,
      disabledByCommand: 0,
      disabledByCredit: 0,
      locked: 0,
      depleted: 0,
    })
  })
  it('is locked by tampering only where the supplier has set it so', () => {
    for (const [state, expected] of [
      [3, 'enabled'],
      [0, 'locked'],
    ] as const) {
      const bench = meterBench()
      bench.send(flowLimit(1, 1, state))
      stimuli.applyMagnet(bench.device)
      expect(valveState(bench.device)).toBe(expected)
    }
  })
  it('ignores what means nothing in its state', () => {
    const { device } = meterBench()
    expect(supplyEvent(device, 'userEnables')).toBe(false)
    setValveState(device, 'disabledByCommand')
    expect(supplyEvent(device, 'creditRestored')).toBe(false)
    expect(valveState(device)).toBe('disabledByCommand')
  })
})

describe('the proof of flow', () => {
  /** Opens the valve while appliances take so much; the limit is 2 cubic metres an hour. */
  const opened = (litresPerHour: number, limit = flowLimit(20_000, 10_000)): Bench => {
    const bench = meterBench()
    bench.send(limit)
    bench.send(change(GCS32, 0))
    bench.send(change(GCS39, 1))
    setDemand(bench.device, litresPerHour)
    expect(enableSupply(bench.device)).toBe(true)
    return bench
  }
  it('lets a flow up to the threshold be, and closes the valve above it', () => {
    for (const [litresPerHour, expected] of [
      [0, 'enabled'],
      [2000, 'enabled'],
      [2160, 'armed'],
    ] as const) {
      const bench = opened(litresPerHour)
      bench.advance(69)
      expect(valveState(bench.device)).toBe('proving')
      bench.advance(1)
      expect([litresPerHour, valveState(bench.device)]).toEqual([litresPerHour, expected])
    }
  })
  it('finds nothing where there is no threshold, or no time to measure', () => {
    for (const limit of [flowLimit(0, 10_000), flowLimit(20_000, 10_000, 3, 0)]) {
      const bench = opened(9000, limit)
      bench.advance(70)
      expect(valveState(bench.device)).toBe('enabled')
    }
  })
  it('ends when the valve is closed meanwhile', () => {
    const bench = opened(9000)
    bench.send(change(GCS32, 0))
    bench.advance(600)
    expect(valveState(bench.device)).toBe('disabledByCommand')
    expect(bench.alerts()).not.toContain(0x81bf)
  })
})
