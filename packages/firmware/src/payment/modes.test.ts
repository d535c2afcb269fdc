import { GbcsError } from '@smets2-sim/bytes'
import { decodeMessage, ECS02, ECS03, GCS02, GCS03 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../gbcs/src/rtds.fixture.js'
import type { PaymentModeOrder } from './change.js'
import { type CreditChargeRow, creditChargeRows, readCreditChargeRows } from './credit-charge-configuration.js'
import { emergencyCreditMachine, paymentModeMachine } from './modes.js'
import { paymentControl, paymentOrderOf } from './payment-control.js'

const orders: PaymentModeOrder[] = [
  { paymentMode: 'credit', suspendDebtDisabled: false, suspendDebtEmergency: false },
  ...[0, 1, 2, 3].map((n) => ({
    paymentMode: 'prepayment' as const,
    suspendDebtDisabled: n % 2 === 1,
    suspendDebtEmergency: n > 1,
  })),
]

describe('payment mode orders', () => {
  it('come back from both wires', () => {
    for (const order of orders) {
      expect(paymentOrderOf(paymentControl(order))).toEqual(order)
      for (const twin of [false, true])
        expect(readCreditChargeRows(creditChargeRows(order, twin))).toEqual({ ...order, twin })
    }
  })
  it('are refused when a bit, a row or the order of rows is another', () => {
    for (const order of orders) {
      const rows = creditChargeRows(order, true)
      const [first, ...rest] = rows as [CreditChargeRow, ...CreditChargeRow[]]
      for (const wrong of [rest, [...rest, first], [{ ...first, collection: '011' }, ...rest], [...rows, first], []])
        expect(() => readCreditChargeRows(wrong)).toThrowError(GbcsError)
    }
    expect(paymentOrderOf(0x0c95)).toBeUndefined()
  })
  it.skipIf(!rtds)('read what the reference messages order', () => {
    const seen = new Set<string>()
    for (const message of rtdsMessages()) {
      if (message.kind !== 'command') continue
      const { content } = decodeMessage(message.bytes)
      if (message.useCase === 'ECS02' || message.useCase === 'ECS03') {
        const useCase = message.useCase === 'ECS02' ? ECS02 : ECS03
        const part = useCase.parse(content).find(({ item }) => item === 'accountNextCreditChargeConfiguration')
        const order = readCreditChargeRows(part?.value as CreditChargeRow[])
        expect(order.paymentMode).toBe(message.useCase === 'ECS02' ? 'credit' : 'prepayment')
        expect(order.twin).toBe(message.scenario.includes('TWIN'))
        seen.add(`${message.scenario.split('_')[2]} ${order.suspendDebtDisabled} ${order.suspendDebtEmergency}`)
      }
      if (message.useCase === 'GCS02' || message.useCase === 'GCS03') {
        const useCase = message.useCase === 'GCS02' ? GCS02 : GCS03
        const fields = useCase.parse(content)[0]?.fields as { proposedPaymentControlConfiguration: number }
        expect(paymentOrderOf(fields.proposedPaymentControlConfiguration)?.paymentMode).toBe(
          message.useCase === 'GCS02' ? 'credit' : 'prepayment',
        )
      }
    }
    expect(seen).toContain('IMMEDIATE true true')
    expect(seen).toContain('FUTURE true false')
  })
})

describe('the machines', () => {
  it('lend emergency credit only from available, and give it back only by repayment, reset or credit mode', () => {
    const into = (state: string): string[] =>
      emergencyCreditMachine.states.flatMap((from) =>
        emergencyCreditMachine.events
          .filter((event) => from !== state && emergencyCreditMachine.next(from, event) === state)
          .map((event) => `${from} ${event}`),
      )
    expect(into('active')).toEqual(['available activated'])
    expect(into('exhausted')).toEqual(['active usedUp'])
    expect(into('available')).toEqual(['unavailable balanceBelowThreshold'])
  })
  it('answer a command for the mode in force with that mode', () => {
    expect(paymentModeMachine.next('credit', 'setCredit')).toBe('credit')
    expect(paymentModeMachine.next('prepayment', 'setCredit')).toBe('credit')
  })
})
