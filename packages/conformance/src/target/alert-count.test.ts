import { native } from '@smets2-sim/crypto'
import { raise } from '@smets2-sim/firmware'
import { alerts, type AlertName } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { AlertCount } from './alert-count.js'
import { type Inspection, Inspector } from './inspect.js'
import { deviceUnderTest } from './memory-port.fixture.js'

const raised = (...names: readonly AlertName[]): Inspection[] => {
  const { device, keys, sent } = deviceUnderTest()
  for (const name of names) raise(device, name)
  return sent.map((octets) => new Inspector(keys, native).inspect(octets))
}
function count(device: readonly Inspection[], twin: readonly Inspection[]) {
  const alertCount = new AlertCount()
  for (const one of device) alertCount.heard(one)
  for (const one of twin) alertCount.expect(one)
  return alertCount.result()
}
const untrusted = 'trustedSourceAuthenticationFailure'

describe('alerts of a device and its twin', () => {
  const both = raised('clockNotAdjusted', 'clockNotAdjusted')
  it('are the same when each raises as many', () => {
    expect(both.length).toBeGreaterThan(1)
    expect(count(both, both)).toEqual({ total: both.length, identical: both.length, different: [] })
  })
  it('differ when the device raises one too few or too many', () => {
    const code = alerts.clockNotAdjusted.code.toString(16).toUpperCase()
    const row = { scenario: expect.stringContaining(`alert ${code} to `) as string, useCase: 'alert' }
    expect(count(both.slice(1), both).different).toEqual([{ ...row, reason: 'raised 1 times, expected 2 times' }])
    expect(count(both, []).different).toEqual([{ ...row, reason: 'raised 2 times, expected 0 times' }])
    expect(count(both, [])).toMatchObject({ total: 2, identical: 0 })
  })
  it('are not counted when they tell of wrong messages, but have to be authentic', () => {
    const about = raised(untrusted, untrusted)
    expect(count(about, [])).toEqual({ total: 2, identical: 2, different: [] })
    expect(count([], about)).toEqual({ total: 0, identical: 0, different: [] })
    const forged = about.map((one) => ({ ...one, faults: ['the MAC is wrong'] }))
    expect(count(forged, []).different.map(({ reason }) => reason)).toEqual(['the MAC is wrong', 'the MAC is wrong'])
  })
  it('have rising counters', () => {
    const [one] = both as [Inspection]
    expect(count([one, one], [one]).different.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^counter \d+ is not above \d+$/),
    ])
  })
})
