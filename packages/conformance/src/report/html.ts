import type { AlertDetail, ConformanceRun, Difference, ExchangeDetail, FieldDetail } from './result.js'
import { textReport } from './text.js'

const escaped = (text: string): string => text.replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`)

/** Octets in groups of two digits, those that differ marked. */
function marked(hex: string, other: string | undefined): string {
  const pairs = hex.match(/../g) ?? []
  return pairs
    .map((pair, i) => (other !== undefined && other.slice(2 * i, 2 * i + 2) !== pair ? `<b>${pair}</b>` : pair))
    .join(' ')
}

function row(detail: ExchangeDetail): string {
  const { scenario, useCase, command, expected, found, different, faultInjected, allowed = [], own = [] } = detail
  const verdict = different === undefined ? 'identical' : escaped(different)
  return `<details class="${different === undefined ? 'ok' : 'bad'}"><summary>${escaped(scenario)} <i>${verdict}${faultInjected ? ', with an injected fault' : ''}</i></summary>
<p>${escaped(useCase)}: sent, expected, received${allowed.length > 0 ? `; may differ: ${allowed.join(', ')}` : ''}${own.length > 0 ? `; not compared: ${escaped(own.join(', '))}` : ''}</p>
<pre>${marked(command, undefined)}</pre><pre>${expected === '' ? 'nothing' : marked(expected, found)}</pre><pre>${found === undefined ? 'nothing' : marked(found, expected)}</pre></details>`
}

const isOctets = (text: string): boolean => /^([0-9a-f]{2}){9,}$/.test(text)
function cell(text: string, other: string): string {
  if (isOctets(text)) return marked(text, isOctets(other) ? other : undefined)
  return text === other || text === '' ? escaped(text) : `<b>${escaped(text)}</b>`
}

const fieldRow = ({ name, expected, found }: FieldDetail): string =>
  `<tr><th>${escaped(name)}</th><td>${cell(expected, found)}</td><td>${cell(found, expected)}</td></tr>`

function alertRow({ scenario, fields, different, allowed = [] }: AlertDetail): string {
  return `<details class="${different === undefined ? 'ok' : 'bad'}"><summary>${escaped(scenario)} <i>${different === undefined ? 'identical' : escaped(different)}</i></summary>
<p>may differ: ${allowed.length > 0 ? allowed.join(', ') : 'nothing'}</p>
<table><tr><th></th><th>expected</th><th>received</th></tr>
${fields.map(fieldRow).join('\n')}</table></details>`
}

function alertSection(rows: readonly AlertDetail[]): string {
  return rows.length === 0 ? '' : `<h2>Alerts</h2>\n${rows.map(alertRow).join('\n')}\n`
}

function leftOut(rows: readonly Difference[]): string {
  if (rows.length === 0) return ''
  const items = rows.map(({ scenario, reason }) => `<li>${escaped(scenario)}: ${escaped(reason)}</li>`)
  return `<h2>Left out</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`
}

const style = `body{font:14px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;word-break:break-all;background:#f4f4f4;padding:.5rem}
table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:0 1rem 0 0;word-break:break-all}th{white-space:nowrap}
.ok summary{color:#075}.bad summary{color:#b00}b{background:#fc8}i{color:#666}`

/** The result as one page: for each use case what was sent, what came, and what differs, octet by octet. */
export function htmlReport(run: ConformanceRun): string {
  const byUseCase = new Map<string, ExchangeDetail[]>()
  for (const detail of run.exchanges) byUseCase.set(detail.useCase, [...(byUseCase.get(detail.useCase) ?? []), detail])
  const sections = [...byUseCase].map(
    ([useCase, details]) => `<h2>${escaped(useCase)}</h2>\n${details.map(row).join('\n')}`,
  )
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>smets2 conformance</title><style>${style}</style>
<h1>Conformance</h1>
<pre>${escaped(textReport(run))}</pre>
${sections.join('\n')}
${alertSection(run.alerts ?? [])}${leftOut(run.leftOut ?? [])}</html>
`
}
