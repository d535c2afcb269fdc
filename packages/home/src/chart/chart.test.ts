import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chart, type ChartPoint } from './chart.js'
import { linear, roundTicks } from './scale.js'

const HOUR_S = 3600
const point = (hour: number, powerW: number, more: Partial<ChartPoint> = {}): ChartPoint => ({
  at: hour * HOUR_S,
  powerW,
  balanceMillipence: 100_000,
  supply: 'enabled',
  ...more,
})
const draw = (points: readonly ChartPoint[], hoursOfMarks: readonly number[] = []): string =>
  chart({ title: 'a day', from: 0, points, marks: hoursOfMarks.map((hour) => ({ at: hour * HOUR_S, text: 'mark' })) })
const all = (svg: string, pattern: RegExp): RegExpMatchArray[] => [...svg.matchAll(pattern)]

describe('a chart of a day', () => {
  it('keeps a power until the next one, and the last until midnight', () => {
    const outline = all(draw([point(0, 1000), point(6, 4000), point(12, 0)]), /<polyline points="([^"]*)"[^>]*stroke=/g)
    // 1,080 pixels a day from 90 on; 4 kW are the height of the panel
    expect(outline[0]?.[1]).toBe('90,253 360,253 360,112 630,112 630,300 1170,300')
  })
  it('paints each state of the supply as one band', () => {
    const svg = draw([
      point(0, 1),
      point(6, 1),
      point(12, 0, { supply: 'disabled' }),
      point(18, 0, { supply: 'armed' }),
    ])
    const bands = all(svg, /<rect x="(\d+)" y="566" width="(\d+)"[^>]*fill="([^"]*)"/g).map(([, ...band]) => band)
    expect(bands).toEqual([
      ['90', '540', '#bfe3cf'],
      ['630', '270', '#f0b3ac'],
      ['900', '270', '#f8dd9a'],
    ])
  })
  it('draws emergency credit only while it is in use', () => {
    const dashed = (svg: string): number => all(svg, /<polyline[^>]*stroke-dasharray/g).length
    expect(dashed(draw([point(0, 1), point(6, 1)]))).toBe(0)
    const used = { emergencyCreditMillipence: 50_000 }
    expect(dashed(draw([point(0, 1, used), point(3, 1, used), point(6, 1), point(9, 1, used)]))).toBe(2)
  })
  it('has units, the hours of the day, and its title, whatever is in it', () => {
    const svg = chart({ title: 'a < b & "c"', from: 0, points: [point(0, 1)], marks: [] })
    for (const text of ['Active power import, kW', 'Credit, £', '>00:00<', '>24:00<', 'a &lt; b &amp; &quot;c&quot;'])
      expect(svg).toContain(text)
  })
  it('numbers what happened, and lets no number touch another or leave the picture', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 24, noNaN: true }), { maxLength: 20 }), (hours) => {
        const sorted = [...hours].sort((a, b) => a - b)
        const circles = all(draw([point(0, 1)], sorted), /<circle cx="([\d.]+)" cy="66"/g).map(([, x]) => Number(x))
        expect(circles).toHaveLength(hours.length)
        circles.forEach((x, i) => {
          expect(x).toBeLessThanOrEqual(1191)
          if (i > 0) expect(x - (circles[i - 1] as number)).toBeGreaterThan(18)
        })
      }),
    )
  })
})

describe('a scale', () => {
  it('puts a range onto another', () => {
    expect([0, 5, 10].map(linear([0, 10], [300, 100]))).toEqual([300, 200, 100])
  })
  it('has round ticks that cover the values', () => {
    expect(roundTicks([0, 5.3], 4)).toEqual([0, 2, 4, 6])
    expect(roundTicks([-0.4, 3.7], 4)).toEqual([-2, 0, 2, 4])
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 0 }), fc.integer({ min: 1, max: 1_000_000 }), (low, high) => {
        const ticks = roundTicks([low, high], 4)
        expect(ticks[0]).toBeLessThanOrEqual(low)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high)
        expect(ticks.length).toBeLessThanOrEqual(7)
      }),
    )
  })
})
