import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, payment } from '@smets2-sim/firmware'
import { account, accountSettingsOf, chargedMicropence, creditReviewedAt } from '../data/account.js'
import { conditionsOf, meteringConfigOf } from '../data/metering.js'
import { isNonDisablement } from '../data/non-disablement.js'
import { integrate, type MeteringState } from '../metering/index.js'
import { boundaryOf } from './boundary.js'
import { moveSupply, raiseAll } from './supply.js'

const review = (device: Device, before: payment.Account): payment.Review =>
  payment.review(before, accountSettingsOf(device), isNonDisablement(device, device.now))

/** Compares the credit with its thresholds; what has become true is raised and moves the supply. */
export function reviewCredit(device: Device): void {
  const { account: after, raised, signals } = review(device, device.items.read(account))
  device.items.write(account, after)
  if (after.watch.exhausted) device.items.write(creditReviewedAt, device.now)
  raiseAll(device, raised)
  for (const signal of signals) moveSupply(device, signal)
}

const costMicropence = ({ cost }: MeteringState): number => cost.costMillipence * 1000 + cost.remainder

/** Charges what was consumed since the last charge. Part of metering: nobody else calls it. */
export function chargeConsumption(device: Device, state: MeteringState): void {
  const micropence = costMicropence(state) - device.items.read(chargedMicropence)
  if (micropence === 0) return
  device.items.write(chargedMicropence, costMicropence(state))
  const before = device.items.read(account)
  const step = payment.charge(before, accountSettingsOf(device), micropence)
  device.items.write(account, step.account)
  raiseAll(device, step.raised)
  if (standingOf(review(device, step.account).account) !== standingOf(before)) reviewCredit(device)
}

/** What of an account decides about supply and alerts, besides its amounts. */
const standingOf = ({ emergencyCredit, watch }: payment.Account): string =>
  `${emergencyCredit} ${watch.low} ${watch.exhausted} ${watch.disabling}`

interface Due {
  readonly causes: readonly unknown[]
  readonly at: UtcSeconds | undefined
}
const dues = new WeakMap<Device, Due>()

/**
 * The first second, up to the next boundary of metering, by which consumption has brought the credit to one of its
 * thresholds. Up to a boundary the price is one, so the credit falls steadily.
 */
export function creditDue(device: Device, state: MeteringState, from: UtcSeconds): UtcSeconds | undefined {
  const before = device.items.read(account)
  if (before.paymentMode === 'credit') return undefined
  const [config, conditions, settings] = [meteringConfigOf(device), conditionsOf(device), accountSettingsOf(device)]
  const causes = [state, config, conditions, settings, before, from]
  const known = dues.get(device)
  if (known && causes.every((cause, i) => cause === known.causes[i])) return known.at
  const standing = standingOf(before)
  const charged = device.items.read(chargedMicropence)
  const changesBy = (to: UtcSeconds): boolean => {
    const cost = costMicropence(integrate(state, config, conditions, from, to).state) - charged
    if (cost === 0) return false
    const after = payment.charge(before, settings, cost).account
    return standing !== standingOf(payment.review(after, settings, isNonDisablement(device, to)).account)
  }
  const at = firstSecond(changesBy, from, boundaryOf(device, state, from))
  dues.set(device, { causes, at })
  return at
}

/** The first second after `from`, up to `to`, from which on `holds` is true; undefined when it is not by then. */
function firstSecond(holds: (at: UtcSeconds) => boolean, from: UtcSeconds, to: UtcSeconds): UtcSeconds | undefined {
  if (!Number.isFinite(to) || !holds(to)) return undefined
  let [before, after] = [from, to]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (holds(middle)) after = middle
    else before = middle
  }
  return after
}
