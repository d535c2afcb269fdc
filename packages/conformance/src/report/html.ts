import type { ConformanceRun, Difference, ExchangeDetail } from './result.js'
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
  const { scenario, useCase, command, expected, found, different, faultInjected, allowed = [] } = detail
  const verdict = different === undefined ? 'identical' : escaped(different)
  return `<details class="${different === undefined ? 'ok' : 'bad'}"><summary>${escaped(scenario)} <i>${verdict}${faultInjected ? ', with an injected fault' : ''}</i></summary>
<p>${escaped(useCase)}: sent, expected, received${allowed.length > 0 ? `; may differ: ${allowed.join(', ')}` : ''}</p>
<pre>${marked(command, undefined)}</pre><pre>${expected === '' ? 'nothing' : marked(expected, found)}</pre><pre>${found === undefined ? 'nothing' : marked(found, expected)}</pre></details>`
}

function leftOut(rows: readonly Difference[]): string {
  if (rows.length === 0) return ''
  const items = rows.map(({ scenario, reason }) => `<li>${escaped(scenario)}: ${escaped(reason)}</li>`)
  return `<h2>Left out</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`
}

const style = `body{font:14px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;word-break:break-all;background:#f4f4f4;padding:.5rem}
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
${leftOut(run.leftOut ?? [])}</html>
`
}
