import type { AlertDetail, ConformanceRun, ExchangeDetail } from './result.js'

const escaped = (text: string): string => text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`)

function testCase({ scenario, useCase, different, command, expected, found, own }: ExchangeDetail): string {
  const head = `    <testcase classname="${escaped(useCase)}" name="${escaped(scenario)}"`
  const note = own ? `      <system-out>not compared: ${escaped(own.join(', '))}</system-out>\n` : ''
  if (different === undefined) return note ? `${head}>\n${note}    </testcase>` : `${head}/>`
  const octets = command ? `sent ${command}\nexpected ${expected || 'nothing'}\nreceived ${found ?? 'nothing'}` : ''
  return `${head}>\n      <failure message="${escaped(different)}">${octets}</failure>\n${note}    </testcase>`
}

/** An alert: its fields stand in the output, whether or not they differ. */
function alertCase({ scenario, fields, different, expected, found }: AlertDetail): string {
  const lines = fields.map(({ name, expected: wanted, found: got }) =>
    wanted === got ? `${name}: ${got}` : `${name}: expected ${wanted || 'nothing'}, received ${got || 'nothing'}`,
  )
  const failure =
    different === undefined
      ? []
      : [
          `      <failure message="${escaped(different)}">expected ${expected ?? 'nothing'}\nreceived ${found ?? 'nothing'}</failure>`,
        ]
  return [
    `    <testcase classname="alert" name="${escaped(scenario)}">`,
    ...failure,
    `      <system-out>${escaped(lines.join('\n'))}</system-out>`,
    '    </testcase>',
  ].join('\n')
}

/** The result as JUnit XML: a suite for each kind of check. */
export function junitReport({ result, exchanges, alerts: told, accepted, leftOut = [] }: ConformanceRun): string {
  const { exchanges: e, precommands, alerts, abuse } = result
  const suite = (name: string, tests: number, failures: number, body: readonly string[], skipped = 0): string =>
    [
      `  <testsuite name="${name}" tests="${tests}" failures="${failures}" skipped="${skipped}">`,
      ...body,
      '  </testsuite>',
    ].join('\n')
  const differences = (list: typeof e.different): string[] =>
    list.map(({ scenario, useCase, reason }) =>
      testCase({ scenario, useCase, different: reason, command: '', expected: '', faultInjected: false }),
    )
  const reasonFor = (scenario: string): string => {
    const reason = leftOut.find((row) => row.scenario === scenario)?.reason
    return reason === undefined ? '' : ` message="${escaped(reason)}"`
  }
  const skipped = e.unverifiable.map(
    (scenario) =>
      `    <testcase classname="unverifiable" name="${escaped(scenario)}">\n      <skipped${reasonFor(scenario)}/>\n    </testcase>`,
  )
  const abuses = accepted.map(
    ({ scenario, kind, effect }) =>
      `    <testcase classname="abuse" name="${escaped(`${scenario}: ${kind}`)}">\n      <failure message="${escaped(effect)}"/>\n    </testcase>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="smets2 conformance">',
    suite('exchanges', e.total, e.different.length, [...exchanges.map(testCase), ...skipped], skipped.length),
    suite('precommands', precommands.total, precommands.different.length, differences(precommands.different)),
    suite('alerts', alerts.total, alerts.different.length, told?.map(alertCase) ?? differences(alerts.different)),
    suite('abuse', abuse.tried, abuse.accepted, abuses),
    '</testsuites>',
    '',
  ].join('\n')
}
