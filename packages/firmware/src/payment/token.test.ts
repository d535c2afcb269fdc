import { eui64 } from '@smets2-sim/bytes'
import { fromIso } from '@smets2-sim/cosem'
import { native } from '@smets2-sim/crypto'
import {
  checkDigitIsRight,
  encodeUtrn,
  issueUtrn,
  type Ptut,
  ptutMacIsValid,
  truncateUtrnCounter,
} from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccountSettings, factorySettings, newAccount } from './account.js'
import { FAILURES_BEFORE_LOCK_OUT, LOCK_OUT_S, noFailuresYet } from './manual-entry.js'
import { enterToken, type TokenEntry, type TokenState, type TokenStep, tokenRefusals } from './token.js'
import { CACHE_SIZE, isUsable, noTokensYet, recordCounter, type TokenCounters, withFloor } from './utrn-counters.js'

const now = fromIso('2026-01-01T12:00:00Z')
const supplier = eui64('90b3d51f30010000')
const device = eui64('00db1234567890a0')
const z = new Uint8Array(32).fill(7)
const settings: AccountSettings = {
  ...factorySettings,
  maxCreditThresholdMillipence: 5_000_000,
  maxMeterBalanceMillipence: 8_000_000,
}
const fresh: TokenState = {
  account: { ...newAccount(now), paymentMode: 'prepayment' },
  counters: noTokensYet,
  manual: noFailuresYet,
}
const isAuthentic = (ptut: Ptut, utrnCounter: number): boolean =>
  ptutMacIsValid(native, z, { supplier, device, utrnCounter }, ptut)
const token = (utrnCounter: number, pence = 1_000, to = device): string =>
  issueUtrn(native, z, { supplier, device: to, utrnCounter }, { value: pence, valueClass: 'pence' })
const enter = (state: TokenState, digits: string, by: 'keypad' | 'ppmid' | number = 'keypad', at = now): TokenStep =>
  enterToken(
    state,
    settings,
    typeof by === 'number' ? { digits, now: at, by: 'command', utrnCounter: by } : { digits, now: at, by },
    isAuthentic,
  )
const reason = ({ outcome }: TokenStep): string => (outcome.kind === 'refused' ? outcome.reason : outcome.kind)

describe('a token', () => {
  it('is credited by command, keypad and PPMID, with an alert where it was entered locally', () => {
    const remote = enter(fresh, token(8, 1_250), 8)
    expect(remote.outcome).toMatchObject({ kind: 'credited', millipence: 1_250_000, utrnCounter: 8 })
    expect(remote.state.account.meterBalanceMillipence).toBe(1_250_000)
    expect(remote.raised).toEqual([])
    for (const by of ['keypad', 'ppmid'] as const) {
      const local = enter(remote.state, token(9), by)
      expect(local.raised).toEqual(['creditAddedLocally'])
      expect(local.state.account.meterBalanceMillipence).toBe(2_250_000)
    }
  })

  it('credits once, by both ways and after a power cycle', () => {
    const first = enter(fresh, token(5), 5)
    const second = enter(JSON.parse(JSON.stringify(first.state)) as TokenState, token(5))
    expect(second).toMatchObject({ raised: ['duplicateUtrnEntered'], outcome: { reason: 'duplicate' } })
    expect(second.state.account).toEqual(first.state.account)
    expect(reason(enter(second.state, token(5), 5))).toBe('duplicate')
  })

  it('that was mistyped is refused without a trace, and counts for no lock-out', () => {
    let state = fresh
    const wrong = token(5).replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
    for (const digits of [...Array<string>(9).fill(wrong), '123', 'x'.repeat(20), '']) {
      const step = enter(state, digits)
      expect(step).toMatchObject({ raised: [], outcome: { reason: 'notAToken' } })
      state = step.state
    }
    expect(enter(state, token(5)).outcome.kind).toBe('credited')
  })

  it('for another meter, of another supplier or altered is not authentic', () => {
    expect(enter(fresh, token(5, 1_000, eui64('00db1234567890a1')))).toMatchObject({
      raised: ['utrnNotAuthentic'],
      outcome: { reason: 'notAuthentic' },
    })
    expect(reason(enter(fresh, encodeUtrn({ truncatedCounter: 5, valueClass: 'pounds', value: 50, mac: 1 })))).toBe(
      'notAuthentic',
    )
  })

  it('of a command must carry the counter of that command', () => {
    expect(reason(enter(fresh, token(5), 6))).toBe('notAuthentic')
    expect(reason(enter(fresh, token(5), 5 + 1024))).toBe('notAuthentic')
    expect(reason(enter(fresh, token(70_000), 70_000))).toBe('credited')
  })

  it('that is a number of another kind with a right check digit is not for this device', () => {
    const other = [...'0123456789']
      .map((last) => `1234567890123456789${last}`)
      .find((digits) => checkDigitIsRight(digits))
    expect(enter(fresh, other as string)).toMatchObject({ raised: ['utrnNotForThisDevice'] })
  })

  it('above the maximum credit or the maximum balance is refused and stays good', () => {
    const large = enter(fresh, token(5, 5_001))
    expect(large).toMatchObject({ raised: ['utrnExceedsMaximumCreditThreshold'], state: fresh })
    const full = { ...fresh, account: { ...fresh.account, meterBalanceMillipence: 7_000_001 } }
    const step = enter(full, token(5, 1_000))
    expect(step).toMatchObject({
      raised: ['creditWouldCauseMeterBalanceToExceedMaximumMeterBalanceThreshold'],
      state: full,
    })
    const used = { ...full, account: { ...full.account, meterBalanceMillipence: 7_000_000 } }
    expect(enter(used, token(5, 1_000)).state.account.meterBalanceMillipence).toBe(8_000_000)
  })

  it('counts only what reaches the balance against its maximum', () => {
    const account = { ...fresh.account, meterBalanceMillipence: 7_900_000, accumulatedDebtMillipence: 900_000 }
    expect(reason(enter({ ...fresh, account }, token(5, 1_000)))).toBe('credited')
  })

  it('is refused in credit mode and stays good for prepayment', () => {
    const credit: TokenState = { ...fresh, account: newAccount(now) }
    expect(enter(credit, token(5))).toMatchObject({ state: credit, raised: [], outcome: { reason: 'creditMode' } })
    expect(reason(enter(fresh, token(5)))).toBe('credited')
  })

  it('has a result type for every refusal', () => {
    expect(Object.values(tokenRefusals).every(({ resultType }) => resultType > 0 && resultType < 0x10)).toBe(true)
  })
})

describe('entry by hand', () => {
  const forged = encodeUtrn({ truncatedCounter: 1, valueClass: 'pounds', value: 50, mac: 1 })
  const suspended = (): TokenStep => {
    let step = enter(fresh, forged)
    for (let n = 1; n < FAILURES_BEFORE_LOCK_OUT; n++) step = enter(step.state, forged)
    return step
  }
  it('is suspended after failures in a row, says so, and resumes', () => {
    const step = suspended()
    expect(step.raised).toEqual(['utrnNotAuthentic', 'utrnManualEntrySuspended'])
    expect(enter(step.state, token(5), 'ppmid', now + LOCK_OUT_S - 1)).toMatchObject({
      raised: ['utrnRejectedAsLockedOut'],
      outcome: { reason: 'lockedOut' },
      state: step.state,
    })
    expect(reason(enter(step.state, token(5), 'keypad', now + LOCK_OUT_S))).toBe('credited')
  })
  it('does not hold up top-ups by command, nor do their failures suspend it', () => {
    expect(reason(enter(suspended().state, token(5), 5))).toBe('credited')
    let state = fresh
    for (let n = 0; n < 2 * FAILURES_BEFORE_LOCK_OUT; n++) state = enter(state, forged, 1).state
    expect(state.manual).toEqual(noFailuresYet)
  })
  it('forgets failures after a token that was credited', () => {
    let state = enter(fresh, forged).state
    for (let n = 2; n < FAILURES_BEFORE_LOCK_OUT; n++) state = enter(state, forged).state
    state = enter(state, token(5)).state
    expect(enter(state, forged).raised).toEqual(['utrnNotAuthentic'])
  })
})

describe('the UTRN Counter Cache', () => {
  const full = Array.from({ length: CACHE_SIZE }, (_, n) => 10 * n + 10).reduce(recordCounter, noTokensYet)
  it('holds 100 counters, and refuses those below all of them once it is full', () => {
    expect(full.cache).toHaveLength(100)
    expect(isUsable(full, 9)).toBe(false)
    expect(isUsable(full, 11)).toBe(true)
    const pushed = recordCounter(full, 11)
    expect(pushed.cache.slice(0, 2)).toEqual([11, 20])
    expect(isUsable(pushed, 10)).toBe(false)
    const almost: TokenCounters = { cache: full.cache.slice(1), floor: -1 }
    expect(isUsable(almost, 9)).toBe(true)
  })
  it('starts anew above the floor that a change of supplier sets', () => {
    const floor = withFloor(1_000n << 32n)
    expect(floor).toEqual({ cache: [], floor: 1_000 })
    expect(isUsable(floor, 1_000)).toBe(false)
    const state = { ...fresh, counters: floor }
    expect(reason(enter(state, token(1_000)))).toBe('duplicate')
    expect(reason(enter(state, token(1_001)))).toBe('credited')
  })
})

describe('any interleaving of entries', () => {
  const settingsWide = factorySettings
  const entries = fc.record({
    counter: fc.nat(3_000),
    value: fc.nat(50),
    by: fc.constantFrom('command' as const, 'keypad' as const, 'ppmid' as const),
    forged: fc.boolean(),
  })
  it('credits a token at most once, and never one that is forged', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(entries, fc.nat(400)), { maxLength: 400 }), fc.boolean(), (history, clustered) => {
        // a value belongs to its counter; the MAC stands for both
        const mac = (counter: number): number => counter + 1
        const valid = (ptut: Ptut, counter: number): boolean =>
          ptut.mac === mac(counter) && ptut.truncatedCounter === truncateUtrnCounter(counter)
        const seen: number[] = []
        const credited = new Map<number, number>()
        let state = fresh
        let total = 0
        for (const [entry, again] of history) {
          const counter = clustered && seen.length > 0 ? (seen[again % seen.length] as number) : entry.counter
          seen.push(counter)
          const digits = encodeUtrn({
            truncatedCounter: truncateUtrnCounter(counter),
            valueClass: 'pence',
            value: counter % 97,
            mac: entry.forged ? 0 : mac(counter),
          })
          const way: TokenEntry =
            entry.by === 'command'
              ? { digits, now, by: 'command', utrnCounter: counter }
              : { digits, now, by: entry.by }
          const step = enterToken(state, settingsWide, way, valid)
          state = step.state
          if (step.outcome.kind !== 'credited') continue
          expect(entry.forged).toBe(false)
          expect(step.outcome.utrnCounter).toBe(counter)
          credited.set(counter, (credited.get(counter) ?? 0) + 1)
          total += (counter % 97) * 1_000
        }
        expect([...credited.values()].every((times) => times === 1)).toBe(true)
        expect(state.account.meterBalanceMillipence).toBe(total)
      }),
      { numRuns: 300 },
    )
  })
})
