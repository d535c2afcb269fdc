import {
  changeAccount,
  customerIdentification,
  type Device,
  enterToken,
  messageToShow,
  payment,
  privacyPin,
  raise,
  readAccount,
  reviewCredit,
  supplierContact,
  supplyStatus,
} from '@smets2-sim/firmware'
import { equalBytes, latin1 } from '@smets2-sim/bytes'
import { replaceBattery } from './battery.js'
import { openValve } from './flow-proof.js'
import { register } from './metering.js'

/**
 * What a person can do at the meter, with the code that the event log keeps of it. The facts give two codes without
 * their meaning; the numbering, which electricity meters share, is our decision.
 */
const commands = {
  activateEmergencyCredit: 0x0002,
  addCredit: 0x0003,
  allowAccess: 0x0004,
  enableSupply: 0x0007,
  resetBatteryCapacity: 0x0008,
  setPrivacyPin: 0x0009,
  testValve: 0x000a,
} as const
type Command = keyof typeof commands

function input<T>(device: Device, command: Command, action: () => T, isOk: (result: T) => boolean): T {
  device.tick()
  const result = device.transaction(action)
  raise(
    device,
    isOk(result)
      ? 'userInterfaceCommandInputAndSuccessfullyActioned'
      : 'userInterfaceCommandInputButNotSuccessfullyActioned',
    { event: Uint8Array.of(commands[command] >> 8, commands[command] & 0xff) },
  )
  device.save()
  return result
}
const itself = (ok: boolean): boolean => ok

/** Opens an armed valve; whether it was. The flow is measured before the supply counts as proven. */
export const enableSupply = (device: Device): boolean => input(device, 'enableSupply', () => openValve(device), itself)

/** Enters a token at the keypad. */
export const enterTopUp = (device: Device, digits: string): payment.TokenOutcome =>
  input(
    device,
    'addCredit',
    () => enterToken(device, { digits, by: 'keypad' }),
    ({ kind }) => kind === 'credited',
  )

/** Selects emergency credit; whether it is lent now. */
export const activateEmergencyCredit = (device: Device): boolean =>
  input(
    device,
    'activateEmergencyCredit',
    () => {
      const { active } = changeAccount(device, payment.activateEmergencyCredit)
      if (active) reviewCredit(device)
      return active
    },
    itself,
  )

/** Sets the privacy PIN of 4 digits; GCS11 takes it away. */
export const setPrivacyPin = (device: Device, pin: string): boolean =>
  input(
    device,
    'setPrivacyPin',
    () => {
      if (!/^[0-9]{4}$/.test(pin)) return false
      device.items.write(privacyPin, latin1(pin))
      return true
    },
    itself,
  )
/** Whether a PIN lets a person see what is private; any does while none is set. */
export const allowAccess = (device: Device, pin: string): boolean =>
  input(
    device,
    'allowAccess',
    () => {
      const set = device.items.read(privacyPin)
      return set.length === 0 || equalBytes(set, latin1(pin))
    },
    itself,
  )

/** A new battery was put in: the capacity is reset. */
export const resetBatteryCapacity = (device: Device): boolean =>
  input(
    device,
    'resetBatteryCapacity',
    () => {
      replaceBattery(device)
      return true
    },
    itself,
  )

/** What the display of the meter shows. */
export function display(device: Device) {
  const account = readAccount(device)
  return {
    volumeLitres: device.items.read(register),
    paymentMode: account.paymentMode,
    balanceMillipence: account.meterBalanceMillipence,
    emergencyCredit: account.emergencyCredit,
    emergencyCreditMillipence: account.emergencyCreditMillipence,
    accumulatedDebtMillipence: account.accumulatedDebtMillipence,
    timeDebtsMillipence: account.timeDebtsMillipence,
    paymentDebtMillipence: account.paymentDebtMillipence,
    supplyStatus: supplyStatus(device),
    message: messageToShow(device)?.text,
    supplier: device.items.read(supplierContact),
    customerIdentification: device.items.read(customerIdentification),
  } as const
}
