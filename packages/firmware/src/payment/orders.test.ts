import { GbcsError } from '@smets2-sim/bytes'
import { decodeMessage, ECS07, GCS04 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../gbcs/src/rtds.fixture.js'
import { type Account, billToDateMillipence, newAccount } from './account.js'
import { adjustCredit, creditAdjustmentType } from './credit-adjustment.js'
import { readChangeDebt, unitChargeMillipence } from './debt-orders.js'

const charge = (amount: number, priceScale: number) => ({ scaling: { priceScale }, charges: [{ charge: amount }] })

describe('a unit charge', () => {
  it('is an amount of money by its scale', () => {
    expect(unitChargeMillipence(charge(5_000, -5))).toBe(5_000)
    expect(unitChargeMillipence(charge(3, -1))).toBe(30_000)
    expect(unitChargeMillipence(charge(20, -6))).toBe(2)
  })
  it('is refused when it is no whole amount or not one', () => {
    expect(() => unitChargeMillipence(charge(25, -6))).toThrowError(GbcsError)
    expect(() => unitChargeMillipence(charge(32_767, 100))).toThrowError(GbcsError)
    expect(() => unitChargeMillipence({ scaling: { priceScale: 0 }, charges: [] })).toThrowError(GbcsError)
  })
})

describe('Change Debt', () => {
  const fields = {
    debtAmount: 1_000_000,
    debtRecoveryMethod: 0,
    debtAmountType: 1,
    debtRecoveryFrequency: 1,
    debtRecoveryAmount: 50_000,
    debtRecoveryBalancePercentage: 0,
  }
  it('names the debt, what is added and how it is recovered', () => {
    expect(readChangeDebt(fields)).toEqual({
      debt: 'timeDebt1',
      addMillipence: 1_000_000,
      rate: { millipence: 50_000, periodS: 86_400 },
    })
    const byPayment = { ...fields, debtAmountType: 5, debtRecoveryMethod: 1, debtRecoveryBalancePercentage: 100 }
    expect(readChangeDebt(byPayment)).toEqual({ debt: 'paymentDebt', addMillipence: 1_000_000, perPayment: 100 })
  })
  it('is refused where it is not as GBCS has it', () => {
    for (const wrong of [{ debtAmountType: 0 }, { debtRecoveryMethod: 1 }, { debtRecoveryFrequency: 2 }])
      expect(() => readChangeDebt({ ...fields, ...wrong })).toThrowError(GbcsError)
  })
  it.skipIf(!rtds)('is read from the reference messages of both meters', () => {
    const message = (useCase: string) => {
      const found = rtdsMessages().find((row) => row.useCase === useCase && row.kind === 'command')
      if (!found) throw new Error(`no command ${useCase}`)
      return decodeMessage(found.bytes).content
    }
    const gas = GCS04.parse(message('GCS04')).map(({ fields: f }) => readChangeDebt(f as typeof fields))
    expect(gas.map(({ debt }) => debt)).toEqual(['timeDebt1', 'timeDebt2', 'paymentDebt'])
    expect(gas[1]?.rate).toEqual({ millipence: 50_000, periodS: 3_600 })
    const electricity = ECS07.parse(message('ECS07'))
    expect(unitChargeMillipence(electricity[0]?.value as ReturnType<typeof charge>)).toBe(30_000)
  })
})

describe('Credit Adjustment', () => {
  const account: Account = {
    ...newAccount(0),
    meterBalanceMillipence: -700,
    accumulatedDebtMillipence: 5,
    emergencyCredit: 'exhausted',
    emergencyCreditUsedMillipence: 9,
  }
  it('changes the balance, and the bill to date the other way round', () => {
    expect(adjustCredit(account, creditAdjustmentType.adjustPrepayment, 300).meterBalanceMillipence).toBe(-400)
    expect(billToDateMillipence(adjustCredit(account, creditAdjustmentType.adjustBillToDate, 300))).toBe(400)
    expect(billToDateMillipence(adjustCredit(account, creditAdjustmentType.setBillToDate, 50))).toBe(50)
  })
  it('resets the balance with emergency credit and accumulated debt', () => {
    expect(adjustCredit(account, creditAdjustmentType.setPrepayment, 0)).toEqual(newAccount(0))
  })
  it('has no other types', () => {
    expect(() => adjustCredit(account, 4, 0)).toThrowError(GbcsError)
  })
})
