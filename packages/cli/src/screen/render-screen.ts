import type { display } from '@smets2-sim/firmware'
import type { PpmidScreen } from '@smets2-sim/ppmid'
import { accountLines, fuelLines, historyLines } from './fuel-lines.js'
import { clockText, fit, harmless, linkText, wrap } from './text.js'

/** Below this width the fuels stand one below the other. */
const WIDTH_OF_TWO = 76
const GAP = ' | '

/** Two blocks side by side where there is room, else one below the other. */
function beside(left: readonly string[], right: readonly string[], width: number): string[] {
  if (width < WIDTH_OF_TWO) return [...left, '', ...right].flatMap((line) => wrapped(line, width))
  const half = Math.floor((width - GAP.length) / 2)
  const [one, other] = [left, right].map((lines) => lines.flatMap((line) => wrapped(line, half))) as [
    string[],
    string[],
  ]
  return Array.from({ length: Math.max(one.length, other.length) }, (_, i) =>
    `${fit(one[i] ?? '', half)}${GAP}${other[i] ?? ''}`.trimEnd(),
  )
}
/** A line keeps the spaces of its columns while it fits. */
const wrapped = (line: string, width: number): string[] => (line.length <= width ? [line] : wrap(line, width))

const heading = (title: string, screen: display.Screen): string =>
  `${title}  ${screen.time === undefined ? 'no time yet' : clockText(screen.time)}  hub ${linkText(screen.hub)}`

function messageLines({ messages }: display.Screen): string[] {
  return messages.map(({ fuel, text, isToConfirm, isConfirmed }) => {
    const state = isConfirmed ? ' [confirmed]' : isToConfirm ? ' [to confirm]' : ''
    return `Message (${fuel}): ${harmless(text)}${state}`
  })
}

const block = (lines: readonly string[]): string => `${lines.join('\n')}\n`
const rule = (width: number): string => '-'.repeat(width)

/** The screen of an in-home display as text: no line is longer than `width`. Pure. */
export function renderScreen(screen: display.Screen, width: number): string {
  const history = (['electricity', 'gas'] as const).flatMap((name) => {
    const lines = historyLines(screen[name])
    return lines.length > 0 ? [name.toUpperCase(), ...lines] : []
  })
  return block([
    ...wrapped(heading('IN-HOME DISPLAY', screen), width),
    rule(width),
    ...beside(fuelLines('electricity', screen.electricity), fuelLines('gas', screen.gas), width),
    rule(width),
    ...[...history, ...messageLines(screen)].flatMap((line) => wrapped(line, width)),
  ])
}

/** The screen of a prepayment display as text. Pure. */
export function renderPpmidScreen(screen: PpmidScreen, width: number): string {
  const lines = (name: display.Fuel): string[] => {
    const view = screen.commands[name]
    return [...accountLines(name, screen[name]), ...(view ? [`> ${view.text}`] : [])]
  }
  const { fuel, digits } = screen.keypad
  const entry = digits ? [`Token for ${fuel}: ${(digits.match(/.{1,4}/g) ?? []).join(' ')}`] : []
  return block([
    ...wrapped(heading('PREPAYMENT DISPLAY', screen), width),
    rule(width),
    ...beside(lines('electricity'), lines('gas'), width),
    rule(width),
    ...[...entry, ...messageLines(screen)].flatMap((line) => wrapped(line, width)),
  ])
}
