/** A piece of SVG 1.1. */
export type Svg = string
type Attributes = Readonly<Record<string, string | number>>

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c] as string)
/** Numbers to a tenth of a pixel. */
const written = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 10) / 10) : escaped(value)

/** An element with its attributes, and what is inside it. */
export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const all = Object.entries(attributes).map(([key, value]) => ` ${key}="${written(value)}"`)
  const head = `<${name}${all.join('')}`
  return children.length === 0 ? `${head}/>` : `${head}>${children.join('\n')}</${name}>`
}
export const text = (x: number, y: number, content: string, attributes: Attributes = {}): Svg =>
  element('text', { x, y, ...attributes }, escaped(content))
export const line = (x1: number, y1: number, x2: number, y2: number, attributes: Attributes): Svg =>
  element('line', { x1, y1, x2, y2, ...attributes })
export const rect = (x: number, y: number, width: number, height: number, attributes: Attributes): Svg =>
  element('rect', { x, y, width, height, ...attributes })
/** A line from point to point. */
export const polyline = (points: readonly (readonly [number, number])[], attributes: Attributes): Svg =>
  element('polyline', {
    points: points.map(([x, y]) => `${written(x)},${written(y)}`).join(' '),
    fill: 'none',
    ...attributes,
  })
