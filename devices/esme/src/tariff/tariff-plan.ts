import type { UtcSeconds } from '@smets2-sim/cosem'
import { noTariff, type Tariff, type TariffPart } from './tariff.js'

/** A part of a tariff that takes force at a date. */
interface Pending<P extends TariffPart = TariffPart> {
  readonly value: Tariff[P]
  readonly at: UtcSeconds
}

/** The tariff in force, and the parts that will take the place of its own. facts 3.4, 5.7. */
export interface TariffPlan {
  readonly active: Tariff
  readonly pending: { readonly [P in TariffPart]?: Pending<P> }
}
export const initialTariffPlan: TariffPlan = { active: noTariff, pending: {} }

/** Puts parts in force at once; what is pending for them is dropped, since it would have taken the place of older ones. */
export function activateTariff(plan: TariffPlan, next: Partial<Tariff>): TariffPlan {
  const pending = { ...plan.pending }
  for (const part of Object.keys(next) as TariffPart[]) delete pending[part]
  return { active: { ...plan.active, ...next }, pending }
}

/** Has parts take force at a date, in the place of what was pending for them. */
export const scheduleTariff = (plan: TariffPlan, next: Partial<Tariff>, at: UtcSeconds): TariffPlan => ({
  active: plan.active,
  pending: {
    ...plan.pending,
    ...Object.fromEntries(Object.entries(next).map(([part, value]) => [part, { value, at }])),
  },
})

/** Drops what is pending for these parts. */
export function cancelTariff(plan: TariffPlan, parts: readonly TariffPart[]): TariffPlan {
  const pending = { ...plan.pending }
  for (const part of parts) delete pending[part]
  return { active: plan.active, pending }
}

/** When the next pending part takes force; Infinity when there is none. */
export function nextActivation(plan: TariffPlan): UtcSeconds {
  let next = Infinity
  for (const part in plan.pending) next = Math.min(next, (plan.pending[part as TariffPart] as Pending).at)
  return next
}

/** Puts in force what is due. */
export function activateDue(plan: TariffPlan, now: UtcSeconds): { plan: TariffPlan; parts: readonly TariffPart[] } {
  const due = (Object.entries(plan.pending) as [TariffPart, Pending][]).filter(([, { at }]) => at <= now)
  if (due.length === 0) return { plan, parts: [] }
  const next = Object.fromEntries(due.map(([part, { value }]) => [part, value])) as Partial<Tariff>
  return { plan: activateTariff(plan, next), parts: due.map(([part]) => part) }
}
