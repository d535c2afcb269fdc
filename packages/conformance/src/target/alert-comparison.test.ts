import { fromHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { raise } from '@smets2-sim/firmware'
import { type AlertName, alerts, decodeMessage, encodeMessage, type GbcsMessage } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { htmlReport } from '../report/html.js'
import { junitReport } from '../report/junit.js'
import type { AlertDetail } from '../report/result.js'
import { AlertComparison } from './alert-comparison.js'
import { Inspector } from './inspect.js'
import { deviceUnderTest } from './memory-port.fixture.js'
import { RunRecord } from './run-record.js'

const START = 820_000_000
const { keys } = deviceUnderTest()

/** What a meter sends when it raises alerts; its counters start after `after`, its clock is `driftS` off. */
function raised(names: readonly AlertName[], { after = 0n, driftS = 0 } = {}): Uint8Array[] {
  const { device, sent } = deviceUnderTest()
  device.counters.own = after
  device.clock.drift(driftS)
  for (const name of names) raise(device, name)
  return sent
}
function compare(device: readonly Uint8Array[], twin: readonly Uint8Array[], toleranceS = 10) {
  const inspector = new Inspector(keys, native)
  const comparison = new AlertComparison(keys)
  for (const octets of device) comparison.heard(octets, inspector.inspect(octets))
  for (const octets of twin) comparison.expect(octets, inspector.inspect(octets))
  return comparison.details({ from: START, to: START, toleranceS })
}
const faults = (details: readonly AlertDetail[]): (string | undefined)[] => details.map(({ different }) => different)
const changed = (octets: Uint8Array, change: (message: GbcsMessage) => Partial<GbcsMessage>): Uint8Array => {
  const message = decodeMessage(octets)
  return encodeMessage({ ...message, ...change(message) })
}
const untrusted = 'trustedSourceAuthenticationFailure'

describe('alerts of a device and its twin', () => {
  const both = raised(['clockNotAdjusted', 'clockNotAdjusted'])
  const [first] = both as [Uint8Array]

  it('are the same in every octet but counter, time and protection', () => {
    expect(both.length).toBeGreaterThan(1)
    expect(faults(compare(both, both))).toEqual(both.map(() => undefined))
    const other = raised(['clockNotAdjusted', 'clockNotAdjusted'], { after: 77_000n, driftS: 4 })
    const details = compare(other, both)
    expect(faults(details)).toEqual(both.map(() => undefined))
    for (const { allowed, expected, found } of details) {
      expect(allowed).toEqual(expect.arrayContaining(['alertCounter', 'timeStamp']))
      expect(found).not.toBe(expected)
    }
  })
  it('differ when the clock is further off than the tolerance', () => {
    const late = raised(['clockNotAdjusted', 'clockNotAdjusted'], { driftS: 4 })
    for (const fault of faults(compare(late, both, 3))) expect(fault).toMatch(/^content from octet \d+: found/)
  })
  it('differ when the device raises one too few or too many', () => {
    const code = alerts.clockNotAdjusted.code.toString(16).toUpperCase()
    const fewer = compare(both.slice(1), both).filter(({ different }) => different !== undefined)
    expect(fewer).toMatchObject([{ different: 'it did not come' }])
    expect(fewer[0]?.scenario).toContain(`alert ${code} `)
    expect(fewer[0]?.expected).toMatch(/^df/)
    expect(fewer[0]?.found).toBeUndefined()
    expect(faults(compare(both, []))).toEqual(both.map(() => 'the twin raises none'))
  })

  type Change = (message: GbcsMessage) => Partial<GbcsMessage>
  const wrong: Readonly<Record<string, readonly [Change, RegExp]>> = {
    'another message code': [
      () => ({ otherInformation: { messageCode: 0x1002 } }),
      /messageCode: found 4098, expected/,
    ],
    'a party that it is about': [
      ({ otherInformation }) => ({
        otherInformation: {
          ...otherInformation,
          supplementaryRemotePartyId: keys.device.id,
          supplementaryRemotePartyCounter: 9n,
        },
      }),
      /supplementaryRemotePartyId: found .*supplementaryRemotePartyCounter: found 9, expected none/,
    ],
    'a date-time': [() => ({ dateTime: fromHex('07ea0102050304050000003c') }), /date-time: found one, expected none/],
    'another payload': [
      ({ content }) => ({ content: content.map((octet, i) => (i === content.length - 1 ? octet ^ 1 : octet)) }),
      /content from octet \d+: found/,
    ],
    'the counter of another alert in its payload': [
      ({ content }) => ({ content: content.map((octet, i) => (i === 4 ? octet ^ 0x40 : octet)) }),
      /content from octet 4: found/,
    ],
    'another device as its originator': [
      ({ target }) => ({ originator: target }),
      /originator: found .*, expected 0253494d000000a2/,
    ],
  }
  it.each(Object.entries(wrong))('differ when one has %s', (_name, [change, reason]) => {
    const [detail] = compare([changed(first, change)], [first])
    expect(detail?.different).toMatch(reason)
  })
  it('differ when one has no protection, or a wrong one', () => {
    const { signature: _, mac: __, ...bare } = decodeMessage(first)
    expect(compare([encodeMessage(bare)], [first])[0]?.different).toMatch(/found none, expected one/)
    const forged = changed(first, ({ signature, mac }) => ({
      ...(signature && { signature: new Uint8Array(64).fill(1) }),
      ...(mac && { mac: new Uint8Array(12).fill(1) }),
    }))
    expect(compare([forged], [first])[0]?.different).toMatch(/signature does not verify|MAC is not authentic/)
  })
  it('are not counted when they tell of wrong messages, but have to be the same', () => {
    const about = raised([untrusted, untrusted])
    expect(faults(compare(about, []))).toEqual(about.map(() => undefined))
    expect(compare([], about)).toEqual([])
    expect(faults(compare(about, about.slice(0, 1)))).toEqual(about.map(() => undefined))
    const altered = about.map((one) => changed(one, wrong['another payload']?.[0] as Change))
    for (const fault of faults(compare(altered, about.slice(0, 1)))) expect(fault).toMatch(/content from octet/)
  })
  it('have rising counters', () => {
    expect(faults(compare([first, first], [first, first]))).toEqual([
      undefined,
      expect.stringMatching(/^counter \d+ is not above \d+$/),
    ])
  })

  it('stand in both reports with all that was compared, whether it differs or not', () => {
    const rows = [...compare([first], [first]), ...compare([], [first])]
    const run = new RunRecord().result(
      {
        ...{ total: 1, roundTrip: 1, signatures: { checked: 1, valid: 1 } },
        ...{ macs: { checked: 0, valid: 0 }, protected: { found: 0, opened: 0 } },
      },
      rows,
    )
    expect(run.result.alerts).toMatchObject({ total: 2, identical: 1, different: [{ reason: 'it did not come' }] })
    const { content, target } = decodeMessage(first)
    const payload = [...content].map((octet) => octet.toString(16).padStart(2, '0'))
    const [junit, html] = [junitReport(run), htmlReport(run)]
    expect(junit).toContain('<testsuite name="alerts" tests="2" failures="1"')
    expect(junit.match(/<testcase classname="alert"/g)).toHaveLength(2)
    expect(junit).toContain(`payload: ${payload.join('')}`)
    expect(junit).toContain('protection: signature valid\n')
    expect(junit).toContain('protection: expected signature valid, received nothing\n')
    expect(junit).toMatch(new RegExp(`recipient: ${target} \\(\\w+\\)`))
    expect(html).toContain(`<td>${payload.join(' ')}</td><td>${payload.join(' ')}</td>`)
    expect(html).toContain('<td><b>signature valid</b></td><td></td>')
  })
})
