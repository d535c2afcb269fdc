import type { UtcSeconds } from '@smets2-sim/cosem'
import { type display, userInterface } from '@smets2-sim/firmware'
import { checkDigitIsRight } from '@smets2-sim/gbcs'

/** What a user can have a meter do. */
export type UserCommand = 'topUp' | 'activateEmergencyCredit' | 'enableSupply'

/** What became of the last command to a meter, as the screen shows it. */
export interface CommandView {
  readonly command: UserCommand
  /** Waiting for the meter; done; refused by the meter; without an answer; never sent, since it cannot be right. */
  readonly state: 'waiting' | 'done' | 'refused' | 'noAnswer' | 'notSent'
  readonly text: string
  readonly at: UtcSeconds
}
export type CommandViews = { readonly [F in display.Fuel]?: CommandView }

/** What a command has come to, without which and when. */
export type CommandResult = Pick<CommandView, 'state' | 'text'>

const TOKEN_DIGITS = 20

/** Why a token cannot be right, found without the meter; undefined when it may be. facts 9.2, 9.3. */
export function tokenProblem(digits: string): string | undefined {
  if (!/^[0-9]*$/.test(digits)) return 'A token has digits only'
  if (digits.length !== TOKEN_DIGITS) return `A token has ${TOKEN_DIGITS} digits, not ${digits.length}`
  return checkDigitIsRight(digits) ? undefined : 'A digit is wrong'
}

/** Texts of result types of a top-up. gbz_commands.json, PCS01. */
const topUpResults: Readonly<Record<number, string>> = {
  0x00: 'Accepted',
  0x01: 'Token not valid',
  0x02: 'Token already used',
  0x03: 'Rejected by the meter',
  0x04: 'Credit limit reached',
  0x05: 'Entry is suspended',
  0x06: 'Value too large',
  0x10: 'Accepted, supply is on',
  0x11: 'Accepted, supply is off',
  0x12: 'Accepted, supply can be enabled',
}
const ACCEPTED = 0x00
const FIRST_ACCEPTED_WITH_SUPPLY = 0x10

const pounds = (millipence: number): string => userInterface.moneyText(millipence, 'GBP')

/** What a Consumer Top Up Response says. Money is in millipence. */
export function topUpResult(fields: Readonly<Record<string, unknown>>): CommandResult {
  const { resultType, topUpValue, creditRemaining } = fields as Readonly<Record<string, number>>
  const text = topUpResults[resultType as number] ?? `Rejected (${resultType})`
  const isAccepted = resultType === ACCEPTED || (resultType as number) >= FIRST_ACCEPTED_WITH_SUPPLY
  return isAccepted
    ? { state: 'done', text: `${text}: ${pounds(topUpValue as number)}, balance ${pounds(creditRemaining as number)}` }
    : { state: 'refused', text }
}

/** Texts of commands that are answered with success or failure. */
const outcomes: Readonly<Record<Exclude<UserCommand, 'topUp'>, readonly [done: string, refused: string]>> = {
  activateEmergencyCredit: ['Emergency credit is active', 'Emergency credit is not available'],
  enableSupply: ['Supply is on', 'Supply cannot be enabled'],
}
export const plainResult = (command: Exclude<UserCommand, 'topUp'>, ok: boolean): CommandResult => ({
  state: ok ? 'done' : 'refused',
  text: outcomes[command][ok ? 0 : 1],
})

export const waiting: CommandResult = { state: 'waiting', text: 'Waiting for the meter' }
export const notJoined: CommandResult = { state: 'notSent', text: 'No meter is joined' }
export const noAnswer: CommandResult = { state: 'noAnswer', text: 'The meter did not answer' }
