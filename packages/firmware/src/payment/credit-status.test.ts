import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditStatus, type CreditStanding, readCreditStatus } from './credit-status.js'

const standing: CreditStanding = {
  emergencyCredit: 'unavailable',
  isEmergencyCreditLent: false,
  isEmergencyCreditInUse: false,
  isLow: false,
  isExhausted: false,
}

describe('the credit status', () => {
  it.each([
    [0x01, {}],
    [0x02, { isLow: true }],
    [0x0d, { isEmergencyCreditLent: true, emergencyCredit: 'available' }],
    [0x36, { isEmergencyCreditLent: true, emergencyCredit: 'active', isEmergencyCreditInUse: true, isLow: true }],
    [
      0x76,
      {
        isEmergencyCreditLent: true,
        emergencyCredit: 'exhausted',
        isEmergencyCreditInUse: true,
        isLow: true,
        isExhausted: true,
      },
    ],
  ] as const)('%s has the bits of what is true', (bits, change) => {
    expect(creditStatus({ ...standing, ...change })).toBe(bits)
  })
  it('says again what was put in', () => {
    const any = fc.record({
      emergencyCredit: fc.constantFrom('unavailable', 'available', 'active', 'exhausted'),
      isEmergencyCreditLent: fc.boolean(),
      isEmergencyCreditInUse: fc.boolean(),
      isLow: fc.boolean(),
      isExhausted: fc.boolean(),
    })
    fc.assert(
      fc.property(any, (one) => {
        expect(readCreditStatus(creditStatus(one), one.emergencyCredit === 'active' ? 1 : 0)).toEqual(one)
      }),
    )
  })
})
