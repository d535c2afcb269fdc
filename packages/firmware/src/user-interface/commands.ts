import type { AlertName } from '@smets2-sim/gbcs'
import type { BoostMinutes } from '../auxiliary-load/boost.js'

/**
 * What a user can tell a meter, with the code that the event log keeps. The facts give two codes without their meaning;
 * the numbering in alphabetical order is our decision.
 */
export const userCommands = {
  activateBoost: 0x0001,
  activateEmergencyCredit: 0x0002,
  addCredit: 0x0003,
  allowAccess: 0x0004,
  cancelBoost: 0x0005,
  checkForHanCommands: 0x0006,
  enableSupply: 0x0007,
  resetBatteryCapacity: 0x0008,
  setPrivacyPin: 0x0009,
  testValve: 0x000a,
} as const
export type UserCommand = keyof typeof userCommands

/** A command with what the user typed or chose. */
export type UserRequest =
  | { readonly command: 'addCredit'; readonly digits: string }
  | { readonly command: 'setPrivacyPin'; readonly pin: string }
  | { readonly command: 'activateBoost'; readonly minutes: BoostMinutes }
  | { readonly command: Exclude<UserCommand, 'addCredit' | 'setPrivacyPin' | 'activateBoost'> }

/** Event log entry of a command at the user interface: 8161 or 8162 with the code of the command. facts 4.4. */
export const userCommandEvent = (
  command: UserCommand,
  ok: boolean,
): { readonly name: AlertName; readonly otherInformation: Uint8Array } => ({
  name: ok ? 'userInterfaceCommandInputAndSuccessfullyActioned' : 'userInterfaceCommandInputButNotSuccessfullyActioned',
  otherInformation: Uint8Array.of(userCommands[command] >> 8, userCommands[command] & 0xff),
})
