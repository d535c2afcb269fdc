import { ECS19 } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../../packages/firmware/src/testing/bench.fixture.js'
import { esme } from '../index.js'
import { prepayment, toCredit, toPrepayment } from '../testing/settings.fixture.js'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'

const to = deviceId
const balance = (bench: MeterBench): number => bench.ask(ECS19.command({ to })).balances.meterBalanceMillipence
const prepaid = (options: Parameters<typeof prepayment>[0] = {}): MeterBench => {
  const bench = new MeterBench({})
  bench.ask(prepayment({ emergencyCreditLimit: 0, ...options }))
  bench.ask(toPrepayment())
  bench.sent.length = 0
  bench.meter.log('securityLog.buffer').clear()
  return bench
}
const enter = (bench: MeterBench, digits: string, by: 'keypad' | 'ppmid' = 'keypad') =>
  bench.meter.request({ command: 'addCredit', digits }, by)
const codeOf = { duplicate: 0x8f51, tooMuch: 0x8f5b, notAuthentic: 0x8f63, balanceTooHigh: 0x8f47, notForThis: 0x8f64 }

describe('a token', () => {
  it('is credited once, whichever ways it comes, in whatever order, with power cycles between', () => {
    const way = fc.constantFrom('command', 'keypad', 'ppmid', 'powerCycle')
    fc.assert(
      fc.property(fc.array(way, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 8191 }), (ways, pence) => {
        const bench = prepaid()
        const token = bench.token(pence)
        let accepted = 0
        for (const one of ways) {
          if (one === 'powerCycle') bench.meter.powerCycle()
          else if (one === 'command') accepted += bench.topUp(token).reading?.ok ? 1 : 0
          else accepted += enter(bench, token.digits, one).ok ? 1 : 0
        }
        expect(accepted).toBe(ways.some((one) => one !== 'powerCycle') ? 1 : 0)
        expect(balance(bench)).toBe(accepted * pence * 1000)
      }),
      { numRuns: 60 },
    )
  })

  it('is refused for the right reason, with the right entry, and is not lost by it', () => {
    const bench = prepaid({ maximumCredit: 1_000_000, maximumBalance: 1_500_000 })
    const [good, large] = [bench.token(900), bench.token(1001)]
    expect(enter(bench, good.digits)).toEqual({ ok: true, text: '£9.00' })
    expect(enter(bench, good.digits)).toEqual({ ok: false, text: 'already used' })
    expect(enter(bench, large.digits)).toEqual({ ok: false, text: 'too much' })
    const next = bench.token(700)
    expect(enter(bench, next.digits)).toEqual({ ok: false, text: 'balance too high' })
    const otherMac = bench.token(100, 77)
    const forged = `${otherMac.digits.slice(0, 10)}${bench.token(100, 78).digits.slice(10)}`
    const typo = `${good.digits.slice(0, 19)}${(Number(good.digits[19]) + 1) % 10}`
    expect(enter(bench, typo)).toEqual({ ok: false, text: 'wrong number' })
    expect([enter(bench, forged).ok, bench.topUp({ ...otherMac, utrnCounter: 79 }).reading?.ok]).toEqual([false, false])
    expect(bench.logged('security').filter((code) => Object.values(codeOf).includes(code))).toEqual([
      codeOf.duplicate,
      codeOf.tooMuch,
      codeOf.balanceTooHigh,
      codeOf.notAuthentic,
    ])
    expect(balance(bench)).toBe(900_000)
    // the hindrance is gone, the token is still good
    bench.ask(prepayment({ emergencyCreditLimit: 0, maximumCredit: 2_000_000, maximumBalance: 9_000_000 }))
    expect(enter(bench, next.digits).ok).toBe(true)
    expect(balance(bench)).toBe(1_600_000)
  })

  it('is refused by a meter in credit mode, and good again when the mode is prepayment', () => {
    const bench = prepaid()
    bench.ask(toCredit())
    const token = bench.token(500)
    expect(bench.topUp(token).reading?.items).toMatchObject([{ result: 250 }])
    bench.ask(toPrepayment())
    expect(enter(bench, token.digits).ok).toBe(true)
    expect(balance(bench)).toBe(500_000)
  })

  it('cannot be guessed: entry by hand is suspended after five wrong ones', () => {
    const bench = prepaid()
    const wrong = (n: number): string => {
      const [a, b] = [bench.token(100, n).digits, bench.token(101, n + 1024).digits]
      return a === b ? a : b
    }
    for (let n = 1; n <= 5; n++) expect(enter(bench, wrong(n + 600)).ok).toBe(false)
    expect(bench.heard()).toContain('utrnManualEntrySuspended')
    const good = bench.token(250)
    expect(enter(bench, good.digits)).toEqual({ ok: false, text: 'try again later' })
    expect(bench.heard()).toContain('utrnRejectedAsLockedOut')
    // over the air it can still come
    expect(bench.topUp(good).reading?.ok).toBe(true)
    bench.pass(600)
    expect(enter(bench, bench.token(100).digits).ok).toBe(true)
  })

  it('leaves commands of the supplier alone, whose counters are others', () => {
    const bench = prepaid()
    bench.topUp(bench.token(100))
    bench.ask(prepayment({ emergencyCreditLimit: 0 }))
    expect(bench.topUp(bench.token(100)).reading?.ok).toBe(true)
    expect(balance(bench)).toBe(200_000)
  })

  it('stays credited in a meter that is made from its store again', () => {
    const store = memoryStore()
    const bench = new MeterBench({}, { ports: { store } })
    bench.ask(prepayment({ emergencyCreditLimit: 0 }))
    bench.ask(toPrepayment())
    const token = bench.token(300)
    bench.topUp(token)
    bench.meter = esme(deviceId, bench.meter.ports, {})
    expect(enter(bench, token.digits)).toEqual({ ok: false, text: 'already used' })
    expect(bench.meter.readings().meterBalanceMillipence).toBe(300_000)
  })
})
