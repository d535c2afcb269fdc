import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { native, noble } from '@smets2-sim/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAbuse } from './abuse/run-abuse.js'
import { kindsOf } from './bench-device/kind.js'
import { usualTime } from './exchanges/reference-time.js'
import { type ExchangeContext, playExchange } from './exchanges/run-exchange.js'
import { runAlerts } from './alerts/run-alerts.js'
import { loadReferenceSet } from './messages/index.js'
import { runPrecommand } from './precommands/run-precommand.js'
import { type DecodedReference, type DecodedSet, decodeSet } from './reference-set/decoded-set.js'
import { type Scenario, scenariosOf } from './reference-set/scenarios.js'
import { htmlReport } from './report/html.js'
import { junitReport } from './report/junit.js'
import { type ConformanceRun, passed } from './report/result.js'
import { textReport } from './report/text.js'
import { rtds } from './rtds.fixture.js'
import { runConformance } from './run-conformance.js'

const contextOf = (set: DecodedSet, crypto = native): ExchangeContext => ({
  set,
  kinds: kindsOf(set),
  crypto,
  usualTime: usualTime(set),
})
const hasExchange = ({ command, response }: Scenario): boolean =>
  command !== undefined && response !== undefined && command.macBetween !== null

describe.skipIf(!rtds)('the reference messages, played to simulated devices', () => {
  const set = rtds ? decodeSet(loadReferenceSet(rtds)) : (undefined as never)
  const context = rtds ? contextOf(set) : (undefined as never)
  const scenarios = rtds ? scenariosOf(set) : []

  it.each(scenarios.filter(hasExchange).map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    expect(playExchange(context, scenario).different).toBeUndefined()
  })
  it('raise every alert', () => {
    const results = scenarios.flatMap((scenario) => runAlerts(context, scenario))
    expect(results.filter(({ different }) => different !== undefined)).toEqual([])
    expect(results.length).toBeGreaterThan(50)
  })
  it('come from typed requests', () => {
    const precommands = scenarios.flatMap(({ precommand }) => precommand ?? [])
    expect(precommands.flatMap((one) => runPrecommand(one) ?? [])).toEqual([])
    expect(precommands.length).toBeGreaterThan(100)
  })
  it('do nothing when they are damaged', () => {
    // every tenth scenario here; the conformance command tries all
    const some = scenarios.filter((scenario, i) => i % 10 === 0 && hasExchange(scenario))
    const results = some.map((scenario) => runAbuse(context, scenario))
    expect(results.flatMap(({ accepted }) => accepted)).toEqual([])
    expect(results.reduce((total, { tried }) => total + tried, 0)).toBeGreaterThan(3000)
  })
  it('are answered alike with the portable provider', () => {
    const portable = contextOf(set, noble)
    for (const scenario of scenarios.filter((one, i) => i % 40 === 0 && hasExchange(one)))
      expect([scenario.name, playExchange(portable, scenario).different]).toEqual([scenario.name, undefined])
  })

  it('differ where a reference response is changed: in header, content, presence of a signature', () => {
    const changed = (change: (response: DecodedReference) => Uint8Array): (string | undefined)[] =>
      ['ECS52', 'ECS42', 'ECS17b', 'CS06'].map((useCase) => {
        const scenario = scenarios.find((one) => one.useCase.startsWith(useCase) && hasExchange(one)) as Scenario
        const response = scenario.response as DecodedReference
        return playExchange(context, { ...scenario, response: { ...response, bytes: change(response) } }).different
      })
    // the recipient, which is followed by the date-time
    const header = changed(({ bytes, message }) => {
      const copy = bytes.slice()
      const at = bytes.length - message.groupedOctets.length - (message.mac?.length ?? 0) + 25
      copy[at] = (copy[at] as number) ^ 1
      return copy
    })
    expect(header.every((reason) => reason?.startsWith('target'))).toBe(true)
  })
  it('differ where a device was not in the state of the reference', () => {
    const scenario = scenarios.find(({ name }) => /^ECS52/.test(name)) as Scenario
    const { response } = scenario as { response: DecodedReference }
    const other = {
      ...response,
      message: {
        ...response.message,
        content: response.message.content.map((octet, i, all) => (i === all.length - 4 ? octet ^ 1 : octet)),
      },
    }
    expect(playExchange(context, { ...scenario, response: other }).different).toMatch(/^content/)
  })
})

describe.skipIf(!rtds)('a folder of the same form', () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'reference-'))
    cpSync(rtds as string, dir, { recursive: true })
    const rows = JSON.parse(readFileSync(join(rtds as string, 'index.json'), 'utf8')) as {
      useCase: string
      file: string
      kind: string
    }[]
    const some = rows.filter(({ useCase }) => useCase === 'ECS42' || useCase === 'ECS52' || useCase === 'PCS01')
    rmSync(join(dir, 'index.json'), { force: true })
    writeFileSync(join(dir, 'index.json'), JSON.stringify(some))
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('is run whole, and tells what cannot be verified', () => {
    const seen: number[] = []
    const run = runConformance(dir, { progress: (done) => seen.push(done) })
    expect(run.result).toMatchObject({
      exchanges: { total: 3, identical: 2, unverifiable: ['PCS01_NA_SUCCESS'], different: [] },
      abuse: { accepted: 0 },
    })
    expect(passed(run.result)).toBe(true)
    expect(seen.at(-1)).toBe(3)
    expect(textReport(run)).toMatch(/passed\n$/)
  })
})

const failed: ConformanceRun = {
  result: {
    messages: {
      total: 2,
      roundTrip: 2,
      signatures: { checked: 1, valid: 1 },
      macs: { checked: 1, valid: 1 },
      protected: { found: 0, opened: 0 },
    },
    exchanges: {
      total: 2,
      identical: 1,
      unverifiable: [],
      different: [{ scenario: 'B<1>', useCase: 'ECS42', reason: 'date-time "x"' }],
    },
    precommands: { total: 0, identical: 0, different: [] },
    alerts: { total: 0, identical: 0, different: [] },
    abuse: { tried: 1, accepted: 0 },
  },
  exchanges: [
    { scenario: 'A', useCase: 'ECS42', command: '01', expected: '02', found: '02', faultInjected: true },
    {
      scenario: 'B<1>',
      useCase: 'ECS42',
      command: '01',
      expected: '0203',
      found: '0204',
      different: 'date-time "x"',
      faultInjected: false,
    },
  ],
  accepted: [],
}

describe('the reports of a run that failed', () => {
  it('say so', () => {
    expect(passed(failed.result)).toBe(false)
    expect(textReport(failed)).toMatch(/B<1>: date-time "x"\nFAILED\n$/)
  })
  it('tell what was left out, and why', () => {
    const leftOut = [{ scenario: 'C', useCase: 'CS06', reason: 'activates <firmware>' }]
    const { result } = failed
    const some = { ...failed, leftOut, result: { ...result, exchanges: { ...result.exchanges, unverifiable: ['C'] } } }
    expect(textReport(some)).toMatch(/1 of 2 identical, 1 left out\n[^]*left out, 1: activates <firmware>\n/)
    expect(junitReport(some)).toContain('<skipped message="activates &#60;firmware&#62;"/>')
    expect(htmlReport(some)).toContain('<li>C: activates &#60;firmware&#62;</li>')
  })
  it('are well formed and escaped', () => {
    const junit = junitReport(failed)
    expect(junit).toContain('<testsuite name="exchanges" tests="2" failures="1"')
    expect(junit).toContain('name="B&#60;1&#62;"')
    expect(junit).toContain('<failure message="date-time &#34;x&#34;">sent 01\nexpected 0203\nreceived 0204</failure>')
    const html = htmlReport(failed)
    expect(html).toContain('<pre>02 <b>03</b></pre><pre>02 <b>04</b></pre>')
    expect(html).toContain('identical, with an injected fault')
    expect(html).not.toContain('B<1>')
  })
})
