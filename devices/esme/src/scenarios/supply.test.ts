import { ECS17b, ECS27, ECS28b, ECS42, ECS43, ECS44, ECS45, ECS81 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { loadLimit } from '../testing/settings.fixture.js'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'

const to = deviceId
const state = (bench: MeterBench) =>
  (['disabled', 'enabled', 'armed'] as const)[bench.ask(ECS45.command({ to })).supplyState]
const results = (bench: MeterBench, request: Parameters<MeterBench['send']>[0]) =>
  bench.send(request).reading?.items.map(({ result }) => result)
const [disable, enable, arm] = [ECS43.command({ to }), ECS42.command({ to }), ECS44.command({ to })]

describe('the load switch', () => {
  it('is opened, armed and closed by command; armed, by the user too', () => {
    const bench = new MeterBench({})
    bench.meter.load({ watts: 3600 })
    bench.pass(100)
    bench.ask(disable)
    expect(state(bench)).toBe('disabled')
    bench.pass(100)
    // disabled is disabled: the user can do nothing about it
    expect(bench.meter.request({ command: 'enableSupply' }, 'keypad')).toEqual({ ok: false, text: 'notArmed' })
    bench.ask(arm)
    expect(state(bench)).toBe('armed')
    bench.pass(100)
    expect(bench.meter.request({ command: 'enableSupply' }, 'keypad').ok).toBe(true)
    expect(state(bench)).toBe('enabled')
    bench.pass(100)
    bench.ask(disable)
    bench.ask(enable)
    expect(state(bench)).toBe('enabled')
    // only while it was enabled did current flow
    expect(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh).toBe(200)
    expect(bench.heard()).toEqual(['supplyArmed'])
  })
  it('is not armed while it is closed', () => {
    const bench = new MeterBench({})
    expect(results(bench, arm)).toEqual([250])
    expect(state(bench)).toBe('enabled')
  })
  it('that sticks stays where it is, which is a hardware fault and an alert', () => {
    const bench = new MeterBench({})
    bench.meter.jamLoadSwitch()
    expect(results(bench, disable)).toEqual([1])
    expect(state(bench)).toBe('enabled')
    bench.meter.jamLoadSwitch(false)
    bench.ask(disable)
    bench.meter.jamLoadSwitch()
    expect(results(bench, enable)).toEqual([1])
    expect(state(bench)).toBe('disabled')
    expect(bench.heard()).toEqual(['supplyDisconnectFailure', 'supplyConnectFailure'])
  })
  it('is not there on every meter', () => {
    const bench = new MeterBench({ variant: 'polyphase', loadSwitch: false })
    for (const order of [disable, enable, arm]) expect(results(bench, order)).toEqual([11])
    expect(state(bench)).toBe('enabled')
  })
})

describe('tampering', () => {
  it('is told; it locks the supply where the supplier has ordered that', () => {
    const bench = new MeterBench({})
    bench.meter.openTerminalCover()
    expect(bench.alerts().map(({ name, to: party }) => [name, party])).toEqual([
      ['unauthorisedPhysicalAccessTerminalCoverRemoved', 'supplier'],
      ['unauthorisedPhysicalAccessTerminalCoverRemoved', 'networkOperator'],
    ])
    expect(state(bench)).toBe('enabled')
    bench.ask(ECS81.command({ to, supplyTamperState: true }))
    bench.sent.length = 0
    bench.meter.magnet()
    expect(bench.heard()).toContain('supplyDisabledThenLockedSupplyTamperStateCause')
    expect(state(bench)).toBe('disabled')
    expect(bench.meter.request({ command: 'enableSupply' }, 'keypad').ok).toBe(false)
    bench.ask(arm)
    expect(bench.meter.request({ command: 'enableSupply' }, 'keypad').ok).toBe(true)
  })
})

describe('the load limit', () => {
  const limited = (change: Parameters<typeof loadLimit>[0] = {}): MeterBench => {
    const bench = new MeterBench({})
    bench.ask(loadLimit({ thresholdW: 3000, periodS: 60, restorationS: 300, ...change }))
    return bench
  }
  const read = (bench: MeterBench) => bench.ask(ECS27.command({ to }))

  it('arms the supply after its period, and enables it after the restoration period', () => {
    const bench = limited()
    bench.meter.load({ watts: 3001 })
    bench.pass(59)
    bench.meter.load({ watts: 3000 })
    bench.pass(100)
    bench.meter.load({ watts: 3001 })
    bench.pass(59)
    expect(bench.heard()).toEqual([])
    bench.pass(1)
    expect(bench.alerts().map(({ name, to: party }) => [name, party])).toEqual([
      ['activePowerImportAboveLoadLimitThreshold', 'supplier'],
      ['activePowerImportAboveLoadLimitThreshold', 'networkOperator'],
      ['supplyDisabledThenArmedLoadLimitTriggered', 'supplier'],
      ['supplyDisabledThenArmedLoadLimitTriggered', 'networkOperator'],
    ])
    expect(state(bench)).toBe('armed')
    bench.pass(299)
    expect(state(bench)).toBe('armed')
    bench.sent.length = 0
    bench.pass(1)
    expect(state(bench)).toBe('enabled')
    expect(bench.heard()).toContain('supplyEnabledAfterLoadLimitRestorationPeriod')
    // the load is still there: the limit works again
    bench.pass(60)
    expect(state(bench)).toBe('armed')
    expect(read(bench).loadLimitCounterValue).toBe(2)
    bench.ask(ECS28b.command({ to }))
    expect(read(bench)).toMatchObject({ loadLimitCounterValue: 0, loadLimitThresholdNormal: 3000 })
  })
  it('is not escaped by enabling the supply by hand', () => {
    const bench = limited()
    bench.meter.load({ watts: 5000 })
    bench.pass(61)
    expect(bench.meter.request({ command: 'enableSupply' }, 'keypad').ok).toBe(true)
    bench.pass(60)
    expect(state(bench)).toBe('armed')
    expect(read(bench).loadLimitCounterValue).toBe(2)
  })
  it('only counts and tells where the supplier wants no more', () => {
    const bench = limited({ disables: false })
    bench.meter.load({ watts: 5000 })
    bench.pass(600)
    expect(state(bench)).toBe('enabled')
    expect(bench.heard()).toEqual([
      'activePowerImportAboveLoadLimitThreshold',
      'activePowerImportAboveLoadLimitThreshold',
    ])
    expect(read(bench).loadLimitCounterValue).toBe(1)
  })
  it('takes force at its date, under a load that is there already', () => {
    const bench = limited({ from: '2026-01-01T01:00:00Z' })
    bench.meter.load({ watts: 5000 })
    bench.passUntil('2026-01-01T01:00:59Z')
    expect(state(bench)).toBe('enabled')
    bench.pass(1)
    expect(state(bench)).toBe('armed')
  })
  it('leaves a supply off that was turned off by command meanwhile', () => {
    const bench = limited()
    bench.meter.load({ watts: 5000 })
    bench.pass(61)
    bench.ask(disable)
    bench.pass(3600)
    expect(state(bench)).toBe('disabled')
  })
})
