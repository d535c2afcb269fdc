import type { UtcSeconds } from '@smets2-sim/cosem'
import { timeOfDay } from '../words.js'
import type { ChartMark } from './chart.js'
import type { Scale } from './scale.js'
import { colours, layout, WIDTH } from './style.js'
import { element, line, type Svg, text } from './svg.js'

const RADIUS = 9
const COLUMNS = 2
const ROW_PX = 24

/** A number in a circle: a mark in the picture, and in the list below it. */
const numbered = (x: number, y: number, number: number): Svg =>
  element(
    'g',
    {},
    element('circle', { cx: x, cy: y, r: RADIUS, fill: colours.mark }),
    text(x, y + 4, String(number), { 'text-anchor': 'middle', fill: colours.paper, 'font-size': 11 }),
  )

/** A line through each panel for each mark, under its number. Numbers that would touch the one before move aside. */
export function markLines(marks: readonly ChartMark[], x: Scale): Svg {
  const free = 2 * RADIUS + 2
  const places: number[] = []
  for (const { at } of marks) places.push(Math.max(x(at), (places.at(-1) ?? -Infinity) + free))
  // those that would leave the picture push the ones before them back
  for (let i = places.length - 1, end = WIDTH - RADIUS; i >= 0; i--, end -= free)
    places[i] = Math.min(places[i] as number, end)
  const lines = marks.map(({ at }, i) => {
    const stroke = { stroke: colours.mark, 'stroke-width': 1, 'stroke-dasharray': '2 4' }
    const foot = layout.marks + RADIUS + 14
    return element(
      'g',
      {},
      line(places[i] as number, layout.marks + RADIUS, x(at), foot, stroke),
      ...[{ ...layout.power, top: foot }, layout.balance, layout.supply].map(({ top, bottom }) =>
        line(x(at), top, x(at), bottom, stroke),
      ),
      numbered(places[i] as number, layout.marks, i + 1),
    )
  })
  return element('g', {}, ...lines)
}

/** What the numbers mean, with its time, in columns; the height that it takes. */
export function markLegend(
  marks: readonly ChartMark[],
  from: UtcSeconds,
): { readonly drawn: Svg; readonly height: number } {
  const rows = Math.ceil(marks.length / COLUMNS)
  const width = (WIDTH - layout.left - layout.right) / COLUMNS
  const drawn = marks.map(({ at, text: what }, i) => {
    const left = layout.left + width * Math.floor(i / rows)
    const y = layout.legend + 16 + ROW_PX * (i % rows)
    const day = at >= from ? timeOfDay(at) : 'before'
    return element('g', {}, numbered(left + RADIUS, y, i + 1), text(left + 30, y + 4, `${day}  ${what}`))
  })
  return { drawn: element('g', {}, ...drawn, ''), height: rows * ROW_PX + 24 }
}
