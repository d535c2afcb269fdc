import type { UtcSeconds } from '@smets2-sim/cosem'
import type { ChartPoint, ChartSpan } from './chart.js'
import { linear, type Range, rangeOf, roundTicks, type Scale } from './scale.js'
import { colours, layout, WIDTH } from './style.js'
import { element, line, polyline, rect, type Svg, text } from './svg.js'

/** What all panels share: the axis of time, and what was seen. */
export interface Panel {
  readonly x: Scale
  readonly from: UtcSeconds
  readonly until: UtcSeconds
  readonly points: readonly ChartPoint[]
}
type Place = { readonly top: number; readonly bottom: number }

const RIGHT = WIDTH - layout.right
const HOUR_S = 3600
const MILLIPENCE_PER_POUND = 100_000

const group = (...children: readonly Svg[]): Svg => element('g', {}, ...children)

/** Values with their rules and labels; gives the scale that they lie on. */
function axis({ top, bottom }: Place, range: Range, title: string, label: (value: number) => string) {
  const ticks = roundTicks(range, 4)
  const y = linear(rangeOf(ticks), [bottom, top])
  const rules = ticks.flatMap((tick) => [
    line(layout.left, y(tick), RIGHT, y(tick), { stroke: tick === 0 ? colours.axis : colours.grid }),
    text(layout.left - 10, y(tick) + 4, label(tick), { 'text-anchor': 'end', fill: colours.faint }),
  ])
  return { y, drawn: group(text(layout.left, top - 12, title, { 'font-weight': 'bold' }), ...rules) }
}

/** A line that keeps each value until the next point. */
function steps(points: readonly ChartPoint[], until: UtcSeconds, x: Scale, height: (point: ChartPoint) => number) {
  return points.flatMap((point, i): (readonly [number, number])[] => [
    [x(point.at), height(point)],
    [x(points[i + 1]?.at ?? until), height(point)],
  ])
}

/** Power that the house takes, in kW. */
export function powerPanel({ x, until, points }: Panel): Svg {
  const { y, drawn } = axis(
    layout.power,
    [0, Math.max(1, ...points.map(({ powerW }) => powerW / 1000))],
    'Active power import, kW',
    (kw) => String(Math.round(kw * 10) / 10),
  )
  const outline = steps(points, until, x, ({ powerW }) => y(powerW / 1000))
  const [first, last] = [outline[0], outline.at(-1)]
  const area = first && last ? [[first[0], y(0)] as const, ...outline, [last[0], y(0)] as const] : []
  return group(
    drawn,
    polyline(area, { fill: colours.powerFill }),
    polyline(outline, { stroke: colours.power, 'stroke-width': 1.5 }),
  )
}

/** Balance of the meter and what is left of emergency credit, in pounds. */
export function balancePanel({ x, until, points }: Panel): Svg {
  const pounds = (millipence: number): number => millipence / MILLIPENCE_PER_POUND
  const values = points.flatMap((point) => [
    pounds(point.balanceMillipence),
    pounds(point.emergencyCreditMillipence ?? 0),
  ])
  const { y, drawn } = axis(layout.balance, rangeOf([0, ...values]), 'Credit, £', (amount) =>
    amount.toFixed(Number.isInteger(amount) ? 0 : 2),
  )
  const runs = emergencyRuns(points).map((run) =>
    polyline(
      run.map((point) => [x(point.at), y(pounds(point.emergencyCreditMillipence ?? 0))] as const),
      { stroke: colours.emergencyCredit, 'stroke-width': 2, 'stroke-dasharray': '6 3' },
    ),
  )
  return group(
    drawn,
    ...runs,
    polyline(
      steps(points, until, x, ({ balanceMillipence }) => y(pounds(balanceMillipence))),
      { stroke: colours.balance, 'stroke-width': 2 },
    ),
    key(0, 'balance of the meter', colours.balance),
    ...(runs.length > 0 ? [key(1, 'emergency credit left', colours.emergencyCredit, '6 3')] : []),
  )
}
/** Sample of a line with its name, at the right above the panel. */
function key(place: number, name: string, stroke: string, dashes = 'none'): Svg {
  const left = RIGHT - 380 + 200 * place
  const y = layout.balance.top - 16
  return group(
    line(left, y, left + 28, y, { stroke, 'stroke-width': 2, 'stroke-dasharray': dashes }),
    text(left + 36, y + 4, name),
  )
}
/** Stretches in which emergency credit is in use. */
function emergencyRuns(points: readonly ChartPoint[]): ChartPoint[][] {
  const runs: ChartPoint[][] = []
  points.forEach((point, i) => {
    if (point.emergencyCreditMillipence === undefined) return
    if (points[i - 1]?.emergencyCreditMillipence === undefined) runs.push([])
    runs.at(-1)?.push(point)
  })
  return runs
}

/** Hours that differ from the others, behind the balance, and their name above it. */
export function shadedHours({ from, to, text: what }: ChartSpan, x: Scale): Svg {
  const { top, bottom } = layout.balance
  const left = RIGHT - 540
  return group(
    rect(x(from), top, x(to) - x(from), bottom - top, { fill: colours.shade }),
    rect(left, top - 22, 14, 12, { fill: colours.shade, stroke: colours.axis }),
    text(left + 22, top - 12, what),
  )
}

/** Room that a name takes in the band, by its letters. */
const LETTER_PX = 8

/** The state of the supply as a band of colours. */
export function supplyBand({ x, until, points }: Panel): Svg {
  const { top, bottom } = layout.supply
  const starts = points.filter(({ supply }, i) => points[i - 1]?.supply !== supply)
  const bands = starts.flatMap(({ at, supply }, i) => {
    const [left, right] = [x(at), x(starts[i + 1]?.at ?? until)]
    const name = text((left + right) / 2, bottom - 8, supply, { 'text-anchor': 'middle' })
    return [
      rect(left, top, right - left, bottom - top, { fill: colours[supply] }),
      ...(right - left > LETTER_PX * supply.length ? [name] : []),
    ]
  })
  const names = (['enabled', 'armed', 'disabled'] as const).map((supply, i) => {
    const left = RIGHT - 280 + 100 * i
    return group(
      rect(left, top - 24, 14, 12, { fill: colours[supply], stroke: colours.axis }),
      text(left + 20, top - 14, supply),
    )
  })
  return group(text(layout.left, top - 12, 'Supply', { 'font-weight': 'bold' }), ...bands, ...names)
}

/** Hours of the day, every third with its name. */
export function axisOfHours({ x, from, until }: Panel): Svg {
  const hours = Array.from({ length: (until - from) / HOUR_S + 1 }, (_, i) => i)
  return group(
    ...hours.flatMap((hour) => {
      const at = x(from + hour * HOUR_S)
      const isNamed = hour % 3 === 0
      return [
        line(at, layout.supply.bottom, at, layout.supply.bottom + (isNamed ? 8 : 4), { stroke: colours.axis }),
        ...(isNamed
          ? [text(at, layout.hours + 4, `${String(hour).padStart(2, '0')}:00`, { 'text-anchor': 'middle' })]
          : []),
      ]
    }),
    text(RIGHT, layout.hours + 24, 'time of day, UTC', { 'text-anchor': 'end', fill: colours.faint }),
  )
}
