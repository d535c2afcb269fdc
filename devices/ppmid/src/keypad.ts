import { type display, machine } from '@smets2-sim/firmware'
import type { UserCommand } from './commands.js'

/** What the keys mean: moving about, or entering a token. */
export const keypadDialogue = machine('keypad', {
  browsing: { digit: 'entering', command: 'browsing', fuel: 'browsing' },
  entering: { digit: 'entering', erased: 'browsing', entered: 'browsing', fuel: 'browsing' },
})

export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
/** `fuel` turns to the other fuel, `erase` takes the last digit back, `enter` sends the token. */
export type Key = Digit | 'fuel' | 'erase' | 'enter' | 'emergencyCredit' | 'enableSupply'

export interface Keypad {
  readonly dialogue: (typeof keypadDialogue.states)[number]
  /** The fuel that is shown, and to whose meter commands go. */
  readonly fuel: display.Fuel
  /** Of the token so far. */
  readonly digits: string
}
export const newKeypad: Keypad = { dialogue: 'browsing', fuel: 'electricity', digits: '' }

export interface KeyStep {
  readonly keypad: Keypad
  /** What the meter of the fuel is to do. */
  readonly request?: { readonly command: UserCommand; readonly digits: string }
}

const TOKEN_DIGITS = 20
const commandKeys: Readonly<Partial<Record<Key, UserCommand>>> = {
  emergencyCredit: 'activateEmergencyCredit',
  enableSupply: 'enableSupply',
}

/** The user presses a key. A twenty-first digit is not taken; keys that mean nothing do nothing. */
export function pressKey(keypad: Keypad, key: Key): KeyStep {
  const to = (event: (typeof keypadDialogue.events)[number], change: Partial<Keypad>): Keypad => {
    const dialogue = keypadDialogue.next(keypad.dialogue, event)
    return dialogue ? { ...keypad, ...change, dialogue } : keypad
  }
  if (key === 'fuel')
    return { keypad: to('fuel', { fuel: keypad.fuel === 'electricity' ? 'gas' : 'electricity', digits: '' }) }
  if (key === 'erase') {
    const digits = keypad.digits.slice(0, -1)
    return { keypad: digits ? { ...keypad, digits } : to('erased', { digits }) }
  }
  if (key === 'enter') {
    const entered = to('entered', { digits: '' })
    return entered === keypad ? { keypad } : { keypad: entered, request: { command: 'topUp', digits: keypad.digits } }
  }
  const command = commandKeys[key]
  if (command) {
    const next = to('command', {})
    return next === keypad ? { keypad } : { keypad: next, request: { command, digits: '' } }
  }
  if (keypad.digits.length === TOKEN_DIGITS) return { keypad }
  return { keypad: to('digit', { digits: keypad.digits + key }) }
}
