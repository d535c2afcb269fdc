import type { UtcSeconds } from '@smets2-sim/cosem'
import { derived, type Item, item, payment, type Process, supply, synchroniseClock } from '@smets2-sim/firmware'
import { account, accountSettingsOf, creditReviewedAt } from '../data/account.js'
import { nonDisablementCalendarOf, nonDisablementChange } from '../data/non-disablement.js'
import { loadLimit, loadLimitSettingsOf } from '../data/supply.js'
import { settleAccount } from './account.js'
import { auxiliaryProcess } from './auxiliary.js'
import { followUps } from './changes.js'
import { reviewCredit } from './credit.js'
import { meteringProcess, meterUp } from './meter-up.js'
import { observePower } from './supply.js'
import { tenancyProcess } from './tenancy.js'

/** Standing charges and time debts, each at its time. */
const collection: Process = {
  nextDue: derived([account, accountSettingsOf], (device) =>
    payment.nextDue(device.items.read(account), accountSettingsOf(device)),
  ),
  run(device) {
    settleAccount(device)
    reviewCredit(device)
  },
}

/** Non-disablement periods begin and end: that matters only while the credit is exhausted. */
const nonDisablement: Process = {
  nextDue: derived([account, creditReviewedAt, nonDisablementCalendarOf], (device) =>
    device.items.read(account).watch.exhausted
      ? nonDisablementChange(device, device.items.read(creditReviewedAt))
      : undefined,
  ),
  run(device) {
    meterUp(device)
    reviewCredit(device)
  },
}

/** The load limit: its period above the threshold, and the restoration of the supply. */
const loadLimiting: Process = {
  nextDue: derived([loadLimit, loadLimitSettingsOf], (device) =>
    supply.nextLoadLimitTime(device.items.read(loadLimit), loadLimitSettingsOf(device)),
  ),
  run(device) {
    meterUp(device)
    observePower(device)
  },
}

const DAY_S = 86_400
/** When a day is half over, so that a small correction touches no midnight and no half hour (our decision). */
const COMPARED_AT_S = 43_500
const comparedAt: Item<UtcSeconds | undefined> = item('clock.comparedAt', undefined)

/** The daily comparison of the clock with the hub's. */
const clockComparison: Process = {
  nextDue(device) {
    if (!device.ports.timeSource) return undefined
    const last = device.items.read(comparedAt)
    return last === undefined ? device.now : Math.floor((last - COMPARED_AT_S) / DAY_S + 1) * DAY_S + COMPARED_AT_S
  },
  run(device, time) {
    device.items.write(comparedAt, time)
    // when this was due some time ago, the time that the hub has now belongs to the time that it is now
    const present = device.ports.clock.now() + device.clock.offsetS
    device.clock.at(present, () => synchroniseClock(device))
  },
}

/** What happens in an electricity meter with time; of what is due at the same second, the first in the list. */
export const processes: readonly Process[] = [
  meteringProcess,
  collection,
  ...followUps,
  nonDisablement,
  loadLimiting,
  auxiliaryProcess,
  tenancyProcess,
  clockComparison,
]
