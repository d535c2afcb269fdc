import { fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userCommandEvent, userCommands } from './commands.js'
import { moneyText, screens, type UserReadings } from './screens.js'
import {
  answerUser,
  display,
  IDLE_S,
  type Key,
  type KeyStep,
  newUserInterface,
  pressKey,
  userDialogue,
  type UserInterface,
} from './user-interface.js'

const now = fromIso('2026-01-01T12:00:00Z')
const readings: UserReadings = {
  fuel: 'electricity',
  now,
  register: 12_345_678,
  paymentMode: 'prepayment',
  meterBalanceMillipence: 1_234_999,
  emergencyCredit: 'available',
  emergencyCreditMillipence: 0,
  accumulatedDebtMillipence: 0,
  timeDebt1Millipence: 50_000,
  timeDebt2Millipence: 0,
  paymentDebtMillipence: 0,
  supply: 'armed',
  supplierName: 'Acme',
  supplierTelephone: '0800 1',
  message: '',
  boostAvailable: true,
  privacyPin: '',
  currency: 'GBP',
}
const press = (ui: UserInterface, keys: readonly Key[], r = readings): KeyStep =>
  keys.reduce<KeyStep>((step, key) => pressKey(step.ui, key, r), { ui })
const digits = (text: string): Key[] => [...text] as Key[]
/** The display turned to the screen with this title. */
const turnedTo = (title: string, r = readings): UserInterface => {
  let ui = newUserInterface(now)
  for (const _ of screens(r)) {
    if (display(ui, r).title === title) return ui
    ui = pressKey(ui, 'next', r).ui
  }
  throw new Error(`no screen ${title}`)
}

describe('the display of a meter', () => {
  it('shows what a prepayment user needs, and no debts that there are none of', () => {
    const all = screens(readings).map(({ title, text }) => `${title}: ${text}`)
    expect(all).toContain('Import: 12345.678 kWh')
    expect(all).toContain('Credit: £12.34')
    expect(all).toContain('Debt by time 1: £0.50')
    expect(all.filter((line) => line.includes('ebt by'))).toHaveLength(1)
    expect(all).toContain('Supply: armed')
    expect(screens({ ...readings, fuel: 'gas', register: 5 }).map(({ text }) => text)).toContain('0.005 m3')
  })
  it('shows no credit functions in credit mode', () => {
    const titles = screens({ ...readings, paymentMode: 'credit', emergencyCredit: 'unavailable' }).map((s) => s.title)
    expect(titles).not.toContain('Add credit')
    expect(titles).not.toContain('Emergency credit')
    expect(titles).not.toContain('Debt by time 1')
    expect(titles).toContain('Balance')
  })
  it('writes money as people read it', () => {
    expect([0, 999, -999, -1_000, 123_456_000, -5_000].map((m) => moneyText(m, 'GBP'))).toEqual([
      '£0.00',
      '£0.00',
      '£0.00',
      '-£0.01',
      '£1234.56',
      '-£0.05',
    ])
    expect(moneyText(100_000, 'EUR')).toBe('€1.00')
  })
  it('goes round all screens with the next key', () => {
    const round = press(
      newUserInterface(now),
      screens(readings).map(() => 'next' as const),
    )
    expect(round.ui.position).toBe(0)
  })
})

describe('commands of the user', () => {
  it('are requests to the meter, whose answer is shown until the next key', () => {
    const asked = press(turnedTo('Emergency credit'), ['select'])
    expect(asked.request).toEqual({ command: 'activateEmergencyCredit' })
    expect(press(asked.ui, ['next', 'select']).ui).toEqual(asked.ui)
    const answered = answerUser(asked.ui, 'active')
    expect(display(answered, readings).text).toBe('active')
    expect(display(press(answered, ['0']).ui, readings).text).toBe('available')
    expect(press(turnedTo('Supply'), ['select']).request).toEqual({ command: 'enableSupply' })
    expect(
      press(turnedTo('Supply', { ...readings, supply: 'disabled' }), ['select'], { ...readings, supply: 'disabled' })
        .request,
    ).toBeUndefined()
  })
  it('add credit by 20 digits, given in groups', () => {
    const token = '73950067887105178605'
    const part = press(turnedTo('Add credit'), ['select', ...digits(token.slice(0, 9))])
    expect(display(part.ui, readings)).toEqual({ title: 'Add credit', text: '7395 0067 8' })
    expect(part.request).toBeUndefined()
    expect(press(part.ui, digits(token.slice(9))).request).toEqual({ command: 'addCredit', digits: token })
    expect(press(part.ui, ['back']).ui).toMatchObject({ dialogue: 'browsing', digits: '' })
  })
  it('choose how long to boost, or cancel it', () => {
    const choosing = press(turnedTo('Boost'), ['select'])
    expect(display(choosing.ui, readings).text).toBe('1: 15 min, 2: 30 min, 3: 45 min, 4: 60 min')
    expect(press(choosing.ui, ['3']).request).toEqual({ command: 'activateBoost', minutes: 45 })
    expect(press(choosing.ui, ['5'])).toEqual({ ui: choosing.ui })
    const on = { ...readings, boostUntil: now + 60 }
    expect(press(turnedTo('Boost', on), ['select'], on).request).toEqual({ command: 'cancelBoost' })
  })
  it('are logged with a code, each its own', () => {
    expect(new Set(Object.values(userCommands)).size).toBe(Object.keys(userCommands).length)
    expect(userCommandEvent('activateEmergencyCredit', true)).toEqual({
      name: 'userInterfaceCommandInputAndSuccessfullyActioned',
      otherInformation: Uint8Array.of(0, 2),
    })
    expect(userCommandEvent('cancelBoost', false).name).toBe('userInterfaceCommandInputButNotSuccessfullyActioned')
  })
})

describe('the privacy PIN', () => {
  const locked = { ...readings, privacyPin: '1234' }
  it('is needed for what is personal, and for nothing else', () => {
    const credit = turnedTo('Credit', locked)
    expect(display(credit, locked).text).toBe('PIN needed')
    expect(display(turnedTo('Supply', locked), locked).text).toBe('armed')
    const entering = press(credit, ['select', '1', '2'], locked)
    expect(display(entering.ui, locked)).toEqual({ title: 'PIN', text: '**' })
    const opened = press(entering.ui, ['3', '4'], locked)
    expect(opened.request).toEqual({ command: 'allowAccess' })
    expect(display(opened.ui, locked).text).toBe('£12.34')
    expect(press(turnedTo('Add credit', locked), ['select', ...digits('1'.repeat(20))], locked).request).toBeDefined()
  })
  it('that is wrong opens nothing and is reported', () => {
    const wrong = press(turnedTo('Credit', locked), ['select', ...digits('1235')], locked)
    expect(wrong).toMatchObject({ denied: 'allowAccess', ui: { unlocked: false, answer: 'wrong PIN' } })
    expect(wrong.request).toBeUndefined()
  })
  it('is asked again when the meter was left alone', () => {
    const opened = press(turnedTo('Credit', locked), ['select', ...digits('1234')], locked).ui
    const later = { ...locked, now: now + IDLE_S }
    expect(pressKey(opened, 'next', later).ui).toMatchObject({ unlocked: false, position: 1 })
    expect(pressKey(opened, 'next', { ...locked, now: now + IDLE_S - 1 }).ui.unlocked).toBe(true)
  })
  it('can be set by who may see', () => {
    expect(press(turnedTo('Privacy PIN', locked), ['select'], locked).ui.dialogue).toBe('enteringPin')
    expect(press(turnedTo('Privacy PIN'), ['select', ...digits('4321')]).request).toEqual({
      command: 'setPrivacyPin',
      pin: '4321',
    })
  })
})

describe('any keys', () => {
  it('leave the dialogue in its table, show nothing personal without the PIN and ask for whole numbers only', () => {
    const keys = fc.constantFrom<Key>('next', 'select', 'back', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
    const locked = { ...readings, privacyPin: '9999', message: 'secret', supply: 'enabled' as const }
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 120 }), (history) => {
        let ui = newUserInterface(now)
        for (const key of history) {
          const step = pressKey(ui, key, locked)
          ui = step.request ? answerUser(step.ui, 'done') : step.ui
          expect(userDialogue.states).toContain(ui.dialogue)
          if (step.request?.command === 'addCredit') expect(step.request.digits).toMatch(/^\d{20}$/)
          if (ui.unlocked) return
          const shown = display(ui, locked).text
          for (const secret of ['£12.34', 'secret', '12345.678']) expect(shown).not.toContain(secret)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
