import { display, userInterface } from '@smets2-sim/firmware'
import { toIso, type UtcSeconds } from '@smets2-sim/cosem'

export const money = (millipence: number): string => userInterface.moneyText(millipence, 'GBP')
/** A price in pence, with as many digits as it has. */
export const pence = (millipence: number): string => `${millipence / 1000}p`
export const kilo = (value: number, unit: string): string => `${(value / 1000).toFixed(3)} ${unit}`
export const used = ({ energyWh, costMillipence }: display.Used): string =>
  `${kilo(energyWh, 'kWh')}  ${money(costMillipence)}`
export const clockText = (time: UtcSeconds): string => toIso(time).replace('T', ' ').replace('Z', ' UTC')

/** Why there is no value, in words. */
export const reasons: Readonly<Record<display.Unavailable, string>> = {
  notJoined: 'no meter joined',
  notReadYet: 'not read yet',
  linkLost: 'link lost',
  notProvided: 'not provided',
}

const BARS = 5
export function linkText({ state, bars, lastHeard }: display.LinkView): string {
  if (bars !== undefined) return `${state} ${'|'.repeat(bars)}${'.'.repeat(BARS - bars)}`
  return lastHeard === undefined ? state : `${state} since ${clockText(lastHeard)}`
}

/** Characters that move the cursor or change the terminal: a supplier's text must not. */
const CONTROL = /\p{Cc}|\p{Cf}/gu
export const harmless = (text: string): string => text.replace(CONTROL, ' ')

/** The text in exactly so many characters. */
export const fit = (text: string, width: number): string => text.slice(0, width).padEnd(width)

/** Lines of at most so many characters, broken between words where that is possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    for (line = word; line.length > width; line = line.slice(width)) lines.push(line.slice(0, width))
  }
  return [...lines, line]
}
