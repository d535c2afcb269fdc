import { toIso, type UtcSeconds } from '@smets2-sim/cosem'
import type { EmergencyCreditState, PaymentMode } from '../payment/modes.js'
import type { ControlState } from '../supply/supply.js'
import type { UserCommand } from './commands.js'

/** What the screens show: taken from the data items of the meter whenever a key is pressed. */
export interface UserReadings {
  readonly fuel: 'electricity' | 'gas'
  readonly now: UtcSeconds
  /** Of electricity in Wh, of gas in litres. */
  readonly register: number
  readonly paymentMode: PaymentMode
  readonly meterBalanceMillipence: number
  readonly emergencyCredit: EmergencyCreditState
  readonly emergencyCreditMillipence: number
  readonly accumulatedDebtMillipence: number
  readonly timeDebt1Millipence: number
  readonly timeDebt2Millipence: number
  readonly paymentDebtMillipence: number
  readonly supply: ControlState
  readonly supplierName: string
  readonly supplierTelephone: string
  readonly message: string
  readonly boostAvailable: boolean
  readonly boostUntil?: UtcSeconds
  /** Empty when the meter is not protected. facts 5.9. */
  readonly privacyPin: string
  readonly currency: 'GBP' | 'EUR'
}

/** One screen: what it shows, whether only who knows the PIN may see it, and what its select key does. */
export interface Screen {
  readonly title: string
  readonly text: string
  readonly personal: boolean
  readonly select?: UserCommand
}

/** Money as people read it: £1.23; a fraction of a penny is cut off towards zero. */
export function moneyText(millipence: number, currency: 'GBP' | 'EUR'): string {
  const pence = Math.trunc(Math.abs(millipence) / 1_000)
  const sign = millipence < 0 && pence > 0 ? '-' : ''
  return `${sign}${currency === 'GBP' ? '£' : '€'}${Math.trunc(pence / 100)}.${String(pence % 100).padStart(2, '0')}`
}

const thousandths = (value: number, unit: string): string =>
  `${Math.trunc(value / 1_000)}.${String(value % 1_000).padStart(3, '0')} ${unit}`

/**
 * The screens of a meter in the order in which the next key goes through them. Consumption, balances, debts and messages
 * are personal; what keeps a home on supply needs no PIN (our decision).
 */
export function screens(r: UserReadings): readonly Screen[] {
  const open = (title: string, text: string, select?: UserCommand): Screen => ({
    title,
    text,
    personal: false,
    ...(select && { select }),
  })
  const personal = (title: string, text: string, select?: UserCommand): Screen => ({
    ...open(title, text, select),
    personal: true,
  })
  const money = (millipence: number): string => moneyText(millipence, r.currency)
  const prepayment = r.paymentMode === 'prepayment'
  return [
    open('Supply', r.supply, r.supply === 'armed' ? 'enableSupply' : undefined),
    open('Time', toIso(r.now)),
    open('Payment mode', r.paymentMode),
    ...(prepayment ? [open('Add credit', 'enter 20 digits', 'addCredit')] : []),
    ...(r.emergencyCredit === 'available' ? [open('Emergency credit', 'available', 'activateEmergencyCredit')] : []),
    personal(
      r.fuel === 'electricity' ? 'Import' : 'Volume',
      thousandths(r.register, r.fuel === 'electricity' ? 'kWh' : 'm3'),
    ),
    personal(prepayment ? 'Credit' : 'Balance', money(r.meterBalanceMillipence)),
    ...(r.emergencyCredit === 'active' || r.emergencyCredit === 'exhausted'
      ? [personal('Emergency credit left', money(r.emergencyCreditMillipence))]
      : []),
    ...(
      [
        ['Debt by time 1', r.timeDebt1Millipence],
        ['Debt by time 2', r.timeDebt2Millipence],
        ['Debt by payment', r.paymentDebtMillipence],
        ['Accumulated debt', r.accumulatedDebtMillipence],
      ] as const
    ).flatMap(([title, owed]) => (prepayment && owed > 0 ? [personal(title, money(owed))] : [])),
    ...(r.message ? [personal('Message', r.message)] : []),
    open('Supplier', `${r.supplierName} ${r.supplierTelephone}`.trim()),
    ...(r.boostAvailable
      ? [
          r.boostUntil === undefined
            ? open('Boost', 'off', 'activateBoost')
            : open('Boost', `until ${toIso(r.boostUntil)}`, 'cancelBoost'),
        ]
      : []),
    ...(r.fuel === 'gas'
      ? [open('Messages', 'check now', 'checkForHanCommands'), open('Valve', 'test', 'testValve')]
      : []),
    personal('Privacy PIN', r.privacyPin ? 'set' : 'none', 'setPrivacyPin'),
  ]
}
