import type { UtcSeconds } from '@smets2-sim/cosem'
import type { EmergencyCreditState, PaymentMode } from '../payment/modes.js'
import type { ControlState } from '../supply/supply.js'
import type { LinkState } from './link.js'

/** Energy and what it cost: in Wh, and in millipence (10^-5 of the currency). */
export interface Used {
  readonly energyWh: number
  readonly costMillipence: number
}
export type Fuel = 'electricity' | 'gas'
export type AmbientLevel = 'low' | 'medium' | 'high'

/** All that a display knows of one fuel. Money is in millipence (10^-5 of the currency). */
export interface FuelValues {
  /** Of electricity. */
  readonly registerWh: number
  /** Of gas: litres, thousandths of a cubic metre. */
  readonly registerLitres: number
  /** When the proxy last heard from the gas meter. */
  readonly readAt: UtcSeconds
  readonly demandW: number
  /** What an hour at this demand costs. */
  readonly demandCostMillipencePerHour: number
  readonly ambient: AmbientLevel
  readonly activePriceMillipencePerKwh: number
  /** Tier in which consumption is charged; 0 where it is charged by blocks. */
  readonly tier: number
  readonly tariffName: string
  readonly standingChargeMillipencePerDay: number
  /** Since midnight UTC. */
  readonly today: Used
  /** Since Monday. */
  readonly thisWeek: Used
  readonly thisMonth: Used
  /** Newest first: 8 days, 5 weeks, 13 months. */
  readonly previousDays: readonly Used[]
  readonly previousWeeks: readonly Used[]
  readonly previousMonths: readonly Used[]
  readonly paymentMode: PaymentMode
  /** Credit of the account; in credit mode below 0 what is owed. */
  readonly balanceMillipence: number
  /** What is owed in credit mode; 0 in prepayment mode. */
  readonly amountOwedMillipence: number
  readonly emergencyCredit: EmergencyCreditState
  readonly emergencyCreditMillipence: number
  readonly isCreditLow: boolean
  readonly isCreditExhausted: boolean
  readonly accumulatedDebtMillipence: number
  readonly timeDebt1Millipence: number
  readonly timeDebt2Millipence: number
  readonly paymentDebtMillipence: number
  readonly supply: ControlState
  readonly supplier: string
  readonly supplierContact: string
}

/** Why a value is not shown. */
export type Unavailable =
  /** No meter or proxy of this fuel is joined. */
  | 'notJoined'
  /** It was not read yet. */
  | 'notReadYet'
  /** The link is gone, and the last value would mislead. */
  | 'linkLost'
  /** The meter or proxy has no such value. */
  | 'notProvided'

/** How well another device is heard. */
export interface LinkView {
  readonly state: LinkState
  /** 0 to 5 bars; undefined before it was heard. */
  readonly bars?: number
  readonly lastHeard?: UtcSeconds
}

/** One fuel on the screen: a value, or in `unavailable` the reason why there is none. */
export type FuelScreen = Partial<FuelValues> & {
  readonly link: LinkView
  readonly unavailable: { readonly [K in keyof FuelValues]?: Unavailable }
  /** Alerts that the meter shared, newest first. */
  readonly alerts: readonly SharedAlert[]
}

/** An alert that a meter shared with the displays of the home. */
export interface SharedAlert {
  readonly code: number
  readonly title: string
  readonly time: UtcSeconds
}

/** A message of a supplier. */
export interface ShownMessage {
  readonly fuel: Fuel
  readonly id: number
  readonly text: string
  readonly from: UtcSeconds
  /** Infinity for one without an end. */
  readonly until: UtcSeconds
  readonly isToConfirm: boolean
  readonly isConfirmed: boolean
}

/** What a display shows. Plain data. */
export interface Screen {
  /** The display's own time; undefined before the hub has told it, and after it ceased to be sure. */
  readonly time?: UtcSeconds
  readonly hub: LinkView
  readonly electricity: FuelScreen
  readonly gas: FuelScreen
  readonly messages: readonly ShownMessage[]
}
