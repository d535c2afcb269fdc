import type { Home } from '../home.js'

type Esme = Home['esme']
/** More screens than a meter has. */
const SCREENS = 40

/** Presses `next` until the meter shows a screen, then `select`; what it then shows. @throws Error when there is none */
export function choose(esme: Esme, title: string): string {
  for (let pressed = 0; esme.display().title !== title; pressed++) {
    if (pressed > SCREENS) throw new Error(`the meter has no screen ${title}`)
    esme.press('next')
  }
  return esme.press('select').text
}

/** Types the digits of a token at the meter; what it answers. */
export function typeToken(esme: Esme, utrn: string): string {
  choose(esme, 'Add credit')
  let shown = ''
  for (const digit of utrn) shown = esme.press(digit as '0').text
  return shown
}
