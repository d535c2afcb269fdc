import type { Activate } from '@smets2-sim/firmware'
import { meteringConfigOf } from '../data/metering.js'
import { registerEntryOf } from '../metering/index.js'
import { advanceAuxiliary, takeUpCalendar } from './auxiliary.js'
import { reviewCredit } from './credit.js'
import { followUp } from './follow-up.js'
import { settleAccount } from './account.js'
import { meterUp, noteConditions } from './meter-up.js'
import { recordChange } from './records.js'
import { observePower } from './supply.js'

/** The credit is compared with its thresholds. */
export const creditReview = followUp('creditReview', (device) => {
  meterUp(device)
  reviewCredit(device)
})
/** The power is compared with the load limit. */
const powerReview = followUp('powerReview', (device) => {
  meterUp(device)
  observePower(device)
})
/** Auxiliary controllers do what their calendar says now. */
const calendarReview = followUp('calendarReview', takeUpCalendar)
export const followUps = [creditReview.process, powerReview.process, calendarReview.process]

/** Notes the registers and the account as they stand: payment mode or tariff is about to change. facts 5.5. */
export const recordBefore: Activate = (device) => {
  const { energy, tariffRegisters } = meterUp(device)
  recordChange(device, registerEntryOf(meteringConfigOf(device).variant, energy, tariffRegisters, device.now))
}

/** An activation of a part of the tariff: what was consumed before is counted and charged by the old one. */
export const tariffChange =
  (activate: Activate): Activate =>
  (device) => {
    settleAccount(device)
    recordBefore(device)
    activate(device)
    noteConditions(device)
    creditReview.later(device)
  }

/** An activation of a setting that the account depends on. */
export const accountChange =
  (activate: Activate): Activate =>
  (device) => {
    settleAccount(device)
    activate(device)
    creditReview.later(device)
  }

/** An activation of a setting that decides about load. */
export const loadChange =
  (activate: Activate): Activate =>
  (device) => {
    meterUp(device)
    activate(device)
    powerReview.later(device)
  }

/** An activation of a part of the calendar of auxiliary controllers: until now the old one has been carried out. */
export const auxiliaryChange =
  (activate: Activate): Activate =>
  (device) => {
    advanceAuxiliary(device)
    activate(device)
    calendarReview.later(device)
  }
