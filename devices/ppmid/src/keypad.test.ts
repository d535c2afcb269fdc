import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Key, keypadDialogue, newKeypad, pressKey } from './keypad.js'

const keys: readonly Key[] = [...'0123456789'].map((digit) => digit as Key)
const all: readonly Key[] = [...keys, 'fuel', 'erase', 'enter', 'emergencyCredit', 'enableSupply']

describe('the keypad', () => {
  it('sends what was typed, and begins anew', () => {
    let keypad = newKeypad
    for (const key of ['1', '2', 'erase', '3', 'enter'] as const) {
      const step = pressKey(keypad, key)
      keypad = step.keypad
      if (key === 'enter') expect(step.request).toEqual({ command: 'topUp', digits: '13' })
      else expect(step.request).toBeUndefined()
    }
    expect(keypad).toEqual(newKeypad)
  })
  it('forgets digits when it turns to the other fuel', () => {
    const typed = pressKey(newKeypad, '4').keypad
    expect(pressKey(typed, 'fuel').keypad).toEqual({ dialogue: 'browsing', fuel: 'gas', digits: '' })
  })
  it('has no commands while a token is entered, and no enter before', () => {
    const typed = pressKey(newKeypad, '4').keypad
    expect(pressKey(typed, 'enableSupply')).toEqual({ keypad: typed })
    expect(pressKey(newKeypad, 'enter')).toEqual({ keypad: newKeypad })
  })
  it('whatever is pressed, holds at most 20 digits, which are there while a token is entered and only then', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 80 }), (pressed) => {
        let keypad = newKeypad
        let typed = ''
        for (const key of pressed) {
          const step = pressKey(keypad, key)
          if (keys.includes(key) && typed.length < 20) typed += key
          if (key === 'erase') typed = typed.slice(0, -1)
          if (step.request?.command === 'topUp') expect(step.request.digits).toBe(typed)
          if (key === 'fuel' || step.request?.command === 'topUp') typed = ''
          keypad = step.keypad
          expect(keypad.digits).toBe(typed)
          expect(keypad.dialogue === 'entering').toBe(typed.length > 0)
          expect(keypadDialogue.states).toContain(keypad.dialogue)
        }
      }),
    )
  })
})
