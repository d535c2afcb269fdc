import * as o from '@smets2-sim/gbcs'
import { auxiliaryLoad, type Device, payment, raise, userInterface } from '@smets2-sim/firmware'
import { accountSettingsOf } from '../data/account.js'
import { auxiliary, boostSettingsOf } from '../data/auxiliary.js'
import { valueOf } from '../data/items.js'
import { tariffOf } from '../data/tariff.js'
import { privacyPin } from '../data/user.js'
import { totalImportWhOf } from '../metering/index.js'
import { accountOf, changeAccount, settleAccount } from './account.js'
import { changeAuxiliary } from './auxiliary.js'
import { meterUp } from './meter-up.js'
import { controlStateOf, raiseAll, userEnablesSupply } from './supply.js'
import { applyToken, judgeToken } from './tokens.js'

/** What the meter answers to what it was asked at its keys or by a display of the home. */
export interface UserAnswer {
  readonly ok: boolean
  readonly text: string
}
type Request = userInterface.UserRequest
type By = 'keypad' | 'ppmid'

const done: UserAnswer = { ok: true, text: 'done' }
const failed = (text: string): UserAnswer => ({ ok: false, text })

const refusals: Readonly<Record<payment.TokenRefusal, string>> = {
  lockedOut: 'try again later',
  notAToken: 'wrong number',
  notForThisDevice: 'not for this meter',
  notAuthentic: 'not accepted',
  duplicate: 'already used',
  creditMode: 'not in prepayment',
  exceedsMaximumCredit: 'too much',
  exceedsMaximumBalance: 'balance too high',
}

function addCredit(device: Device, digits: string, by: By): UserAnswer {
  const step = judgeToken(device, { digits, by })
  applyToken(device, step)
  const { outcome } = step
  return outcome.kind === 'credited'
    ? { ok: true, text: userInterface.moneyText(outcome.millipence, tariffOf(device).currencyUnit) }
    : failed(refusals[outcome.reason])
}

function activateEmergencyCredit(device: Device): UserAnswer {
  settleAccount(device)
  const { active } = payment.activateEmergencyCredit(accountOf(device), accountSettingsOf(device))
  if (!active) return failed('not available')
  changeAccount(device, payment.activateEmergencyCredit)
  return done
}

function enableSupply(device: Device): UserAnswer {
  meterUp(device)
  const { failure, raised } = userEnablesSupply(device)
  raiseAll(device, raised)
  return failure ? failed(failure === 'creditExhausted' ? 'no credit' : failure) : done
}

function carryOut(device: Device, request: Request, by: By): UserAnswer {
  switch (request.command) {
    case 'addCredit':
      return addCredit(device, request.digits, by)
    case 'activateEmergencyCredit':
      return activateEmergencyCredit(device)
    case 'enableSupply':
      return enableSupply(device)
    case 'allowAccess':
      return done
    case 'setPrivacyPin':
      device.items.write(privacyPin, request.pin)
      return done
    case 'activateBoost':
      return changeAuxiliary(device, (before) =>
        auxiliaryLoad.pressBoost(before, boostSettingsOf(device), request.minutes, device.now),
      )
        ? done
        : failed('no boost')
    case 'cancelBoost':
      changeAuxiliary(device, (before) => auxiliaryLoad.endBoost(before, device.now))
      return done
    default:
      return failed('not on this meter')
  }
}

/** Message codes under which the log keeps what a prepayment display asks for. facts 10.8. */
const displayCodes: Partial<Record<userInterface.UserCommand, number>> = {
  addCredit: 0x0116,
  activateEmergencyCredit: 0x0117,
  enableSupply: 0x0118,
}

/** Does what a user asks for, all or nothing, with its entry in the event log. facts 4.4. */
export function userRequest(device: Device, request: Request, by: By): UserAnswer {
  const answer = device.transaction(() => carryOut(device, request, by))
  logUserCommand(device, request.command, answer.ok, by)
  return answer
}

export function logUserCommand(device: Device, command: userInterface.UserCommand, ok: boolean, by: By): void {
  const code = displayCodes[command]
  if (by === 'keypad' || code === undefined) {
    const { name, otherInformation } = userInterface.userCommandEvent(command, ok)
    raise(device, name, { event: otherInformation })
  } else {
    const event = Uint8Array.of(code >> 8, code & 0xff)
    raise(
      device,
      ok
        ? 'immediateHanInterfaceCommandReceivedAndSuccessfullyActioned'
        : 'immediateHanInterfaceCommandReceivedButNotSuccessfullyActioned',
      { event },
    )
  }
}

/** What the displays of the meter and of the home show. */
export function userReadings(device: Device): userInterface.UserReadings {
  settleAccount(device)
  const account = accountOf(device)
  const { boost } = device.items.read(auxiliary)
  return {
    fuel: 'electricity',
    now: device.now,
    register: totalImportWhOf(meterUp(device)),
    paymentMode: account.paymentMode,
    emergencyCredit: account.emergencyCredit,
    ...payment.prepaymentRegisters(account),
    supply: controlStateOf(device),
    supplierName: valueOf(device, o.supplierName.valueActive).trim(),
    supplierTelephone: valueOf(device, o.supplierTelephoneNumber.valueActive).trim(),
    message: valueOf(device, o.supplierMessage.value).trim(),
    boostAvailable: boostSettingsOf(device).available,
    ...(boost && { boostUntil: boost.end }),
    privacyPin: device.items.read(privacyPin),
    currency: tariffOf(device).currencyUnit,
  }
}
