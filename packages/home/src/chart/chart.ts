import type { UtcSeconds } from '@smets2-sim/cosem'
import { markLegend, markLines } from './marks.js'
import { axisOfHours, balancePanel, powerPanel, type Panel, shadedHours, supplyBand } from './panels.js'
import { linear } from './scale.js'
import { element, rect, text } from './svg.js'
import { colours, FONT, layout, WIDTH } from './style.js'

/** What an electricity meter showed at a moment; it holds until the next point. */
export interface ChartPoint {
  readonly at: UtcSeconds
  readonly powerW: number
  readonly balanceMillipence: number
  /** What is left of emergency credit, while it is in use. */
  readonly emergencyCreditMillipence?: number
  readonly supply: 'enabled' | 'armed' | 'disabled'
}
/** Something that happened, to be pointed out. */
export interface ChartMark {
  readonly at: UtcSeconds
  readonly text: string
}
/** Hours that are different from the others. */
export interface ChartSpan {
  readonly from: UtcSeconds
  readonly to: UtcSeconds
  readonly text: string
}
export interface ChartSeries {
  readonly title: string
  /** Midnight that begins the day. */
  readonly from: UtcSeconds
  /** In order of time. */
  readonly points: readonly ChartPoint[]
  readonly marks: readonly ChartMark[]
  /** Hours in which credit turns nothing off. */
  readonly nonDisablement?: ChartSpan
}

const DAY_S = 86_400

/** A day of a prepayment meter as SVG 1.1: its power, its balance, the state of its supply, and what happened. */
export function chart({ title, from, points, marks, nonDisablement }: ChartSeries): string {
  const { left, right, legend } = layout
  const x = linear([from, from + DAY_S], [left, WIDTH - right])
  const panel: Panel = { x, from, until: from + DAY_S, points }
  const { drawn, height } = markLegend(marks, from)
  const total = legend + height
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      version: '1.1',
      width: WIDTH,
      height: total,
      viewBox: `0 0 ${WIDTH} ${total}`,
      'font-family': FONT,
      'font-size': 13,
      fill: colours.text,
    },
    element('title', {}, text(0, 0, title).replace(/<[^>]*>/g, '')),
    rect(0, 0, WIDTH, total, { fill: colours.paper }),
    text(left, 36, title, { 'font-size': 22, 'font-weight': 'bold' }),
    powerPanel(panel),
    nonDisablement ? shadedHours(nonDisablement, x) : '',
    balancePanel(panel),
    supplyBand(panel),
    axisOfHours(panel),
    markLines(marks, x),
    drawn,
  )}\n`
}
