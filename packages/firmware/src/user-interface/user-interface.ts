import type { UtcSeconds } from '@smets2-sim/cosem'
import { BOOST_MINUTES } from '../auxiliary-load/boost.js'
import { machine } from '../machine/machine.js'
import type { UserCommand, UserRequest } from './commands.js'
import { type Screen, screens, type UserReadings } from './screens.js'

/** What the keys mean at the moment. */
export const userDialogue = machine('user interface', {
  browsing: {
    askPin: 'enteringPin',
    askToken: 'enteringToken',
    askNewPin: 'settingPin',
    askBoost: 'choosingBoost',
    request: 'waiting',
  },
  enteringPin: { typed: 'browsing', back: 'browsing' },
  enteringToken: { typed: 'waiting', back: 'browsing' },
  settingPin: { typed: 'waiting', back: 'browsing' },
  choosingBoost: { chosen: 'waiting', back: 'browsing' },
  waiting: { answered: 'browsing', back: 'browsing' },
})
export type DialogueState = (typeof userDialogue.states)[number]
type DialogueEvent = (typeof userDialogue.events)[number]

export type Key = 'next' | 'select' | 'back' | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** The keys and the display of a meter. */
export interface UserInterface {
  readonly dialogue: DialogueState
  /** Which of the screens is shown. */
  readonly position: number
  readonly digits: string
  /** The PIN was entered: personal screens are shown until the meter is left alone. */
  readonly unlocked: boolean
  /** What the meter answered to the last command, shown until the next key. */
  readonly answer?: string
  readonly lastKey: UtcSeconds
}

/** After this long without a key the display goes back to its first screen and is locked (our decision). */
export const IDLE_S = 120
export const PIN_LENGTH = 4
export const TOKEN_LENGTH = 20

export const newUserInterface = (now: UtcSeconds): UserInterface => ({
  dialogue: 'browsing',
  position: 0,
  digits: '',
  unlocked: false,
  lastKey: now,
})

export interface KeyStep {
  readonly ui: UserInterface
  /** What the meter is asked to do; answer with `answerUser` and log `userCommandEvent`. */
  readonly request?: UserRequest
  /** A wrong PIN was entered: the event of a command that did not succeed. */
  readonly denied?: 'allowAccess'
}

const mayShow = (ui: UserInterface, screen: Screen, r: UserReadings): boolean =>
  !screen.personal || ui.unlocked || r.privacyPin === ''

/** What is on the display. */
export function display(ui: UserInterface, r: UserReadings): { readonly title: string; readonly text: string } {
  const screen = screenOf(ui, r)
  if (ui.answer !== undefined) return { title: screen.title, text: ui.answer }
  switch (ui.dialogue) {
    case 'enteringPin':
    case 'settingPin':
      return { title: ui.dialogue === 'enteringPin' ? 'PIN' : 'New PIN', text: '*'.repeat(ui.digits.length) }
    case 'enteringToken':
      return { title: 'Add credit', text: (ui.digits.match(/.{1,4}/g) ?? []).join(' ') }
    case 'choosingBoost':
      return { title: 'Boost', text: BOOST_MINUTES.map((minutes, i) => `${i + 1}: ${minutes} min`).join(', ') }
    case 'waiting':
      return { title: screen.title, text: '...' }
    case 'browsing':
      return mayShow(ui, screen, r) ? screen : { title: screen.title, text: 'PIN needed' }
  }
}

const screenOf = (ui: UserInterface, r: UserReadings): Screen => {
  const all = screens(r)
  return all[ui.position % all.length] as Screen
}

const to = (ui: UserInterface, event: DialogueEvent, change: Partial<UserInterface> = {}): UserInterface => ({
  ...ui,
  digits: '',
  ...change,
  dialogue: userDialogue.next(ui.dialogue, event) ?? ui.dialogue,
})

/** Wakes the display: without keys for a while it has forgotten the user. */
export function afterIdle(ui: UserInterface, now: UtcSeconds): UserInterface {
  return now - ui.lastKey < IDLE_S ? ui : newUserInterface(ui.lastKey)
}

/** The user presses a key. */
export function pressKey(before: UserInterface, key: Key, r: UserReadings): KeyStep {
  const { answer: _, ...rest } = afterIdle(before, r.now)
  const ui: UserInterface = { ...rest, lastKey: r.now }
  if (key === 'back') return { ui: to(ui, 'back') }
  switch (ui.dialogue) {
    case 'browsing':
      if (key === 'next') return { ui: { ...ui, position: (ui.position + 1) % screens(r).length } }
      return key === 'select' ? select(ui, r) : { ui }
    case 'enteringPin':
      return typed(ui, key, PIN_LENGTH, (pin) =>
        pin === r.privacyPin
          ? { ui: to(ui, 'typed', { unlocked: true }), request: { command: 'allowAccess' } }
          : { ui: to(ui, 'typed', { answer: 'wrong PIN' }), denied: 'allowAccess' },
      )
    case 'settingPin':
      return typed(ui, key, PIN_LENGTH, (pin) => ({
        ui: to(ui, 'typed'),
        request: { command: 'setPrivacyPin', pin },
      }))
    case 'enteringToken':
      return typed(ui, key, TOKEN_LENGTH, (digits) => ({
        ui: to(ui, 'typed'),
        request: { command: 'addCredit', digits },
      }))
    case 'choosingBoost': {
      const minutes = BOOST_MINUTES[Number(key) - 1]
      return minutes ? { ui: to(ui, 'chosen'), request: { command: 'activateBoost', minutes } } : { ui }
    }
    case 'waiting':
      return { ui }
  }
}

function select(ui: UserInterface, r: UserReadings): KeyStep {
  const screen = screenOf(ui, r)
  if (!mayShow(ui, screen, r)) return { ui: to(ui, 'askPin') }
  const asks: Partial<Record<UserCommand, DialogueEvent>> = {
    addCredit: 'askToken',
    setPrivacyPin: 'askNewPin',
    activateBoost: 'askBoost',
  }
  const command = screen.select
  if (!command) return { ui }
  const ask = asks[command]
  return ask ? { ui: to(ui, ask) } : { ui: to(ui, 'request'), request: { command } as UserRequest }
}

/** Adds a digit, or with the last one does what the digits are for. Other keys do nothing. */
function typed(ui: UserInterface, key: Key, length: number, complete: (digits: string) => KeyStep): KeyStep {
  if (!/^[0-9]$/.test(key)) return { ui }
  const digits = ui.digits + key
  return digits.length < length ? { ui: { ...ui, digits } } : complete(digits)
}

/** The meter has done what it was asked, or not: the text is shown until the next key. */
export const answerUser = (ui: UserInterface, text: string): UserInterface => to(ui, 'answered', { answer: text })
