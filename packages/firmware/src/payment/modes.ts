import { machine } from '../machine/machine.js'

/** Payment mode. A command for the mode that is in force already changes its settings only. facts 5.8. */
export const paymentModeMachine = machine('payment mode', {
  credit: { setPrepayment: 'prepayment', setCredit: 'credit' },
  prepayment: { setCredit: 'credit', setPrepayment: 'prepayment' },
})
export type PaymentMode = 'credit' | 'prepayment'

/**
 * Emergency credit: offered when the balance is below its threshold, lent once, offered again only after all of it was
 * repaid (our decision after facts 12.5).
 */
export const emergencyCreditMachine = machine('emergency credit', {
  unavailable: { balanceBelowThreshold: 'available' },
  available: {
    activated: 'active',
    balanceAtThreshold: 'unavailable',
    creditMode: 'unavailable',
    reset: 'unavailable',
  },
  active: { usedUp: 'exhausted', repaid: 'unavailable', creditMode: 'unavailable', reset: 'unavailable' },
  exhausted: { repaid: 'unavailable', creditMode: 'unavailable', reset: 'unavailable' },
})
export type EmergencyCreditState = (typeof emergencyCreditMachine.states)[number]
