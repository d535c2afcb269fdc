import {
  type AlertCode,
  alertCodes,
  type AlertName,
  alertRecipientRoles,
  behaviourSettings,
  ECS25a,
  ECS25a1,
  ECS25a3,
  ECS25b,
  ECS25b3,
  ECS25r1,
  ECS35a,
  ECS35b,
  ECS35e,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { macFor, signedByDevice } from '../../../../packages/firmware/src/testing/bench.fixture.js'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'
import { benchFor, stimulusOf } from '../testing/stimuli.fixture.js'

const to = deviceId
const own = alertCodes.filter(({ devices }) => devices.includes('esme'))
const ever = { from: 0, to: 0x7fff_ffff }
const run = (name: AlertName): MeterBench => {
  const bench = benchFor(name)
  bench.sent.length = 0
  stimulusOf(name)?.(bench)
  return bench
}
/** Who must hear of it: who sent the command, for an alert about one. */
const expectedRecipients = (row: AlertCode): readonly string[] => {
  if (row.code === 0x8f85) return ['accessControlBroker']
  if (!row.toOriginator) return alertRecipientRoles(row, 'esme')
  // a party that is not known hears nothing: the supplier does
  return ['supplier']
}

describe('every alert and event of an electricity meter', () => {
  it('has a stimulus', () => {
    expect(own.map(({ name }) => name).filter((name) => !stimulusOf(name))).toEqual([])
  })

  it.each(own.map((row) => [row.name, row] as const))('%s is raised by what it is about', (name, row) => {
    const bench = run(name)
    const heard = bench.alerts().filter(({ code }) => code === row.code)
    const recipients = new Set(heard.map(({ to: party }) => party))
    if (row.wan > 0) expect([...recipients]).toEqual(expectedRecipients(row))
    else expect(heard).toEqual([])
    if (row.wan > 0) expect(heard.length).toBeGreaterThan(0)
    for (const { message, to: party } of heard) {
      if (row.critical) expect(signedByDevice(message)).toBe(true)
      else expect(party && macFor(party, message)).toBe(true)
    }
    expect(bench.shown.includes(row.code)).toBe(row.han)
    for (const log of ['event', 'security', 'power'] as const)
      expect([log, bench.logged(log).includes(row.code)]).toEqual([log, row.logs[log] || isTrace(row, log)])
    if (row.logs.alcs)
      expect([...bench.meter.log('auxiliaryControllerEventLog.buffer').entries()].length).toBeGreaterThan(0)
  })
})
/** The entry that stands for a discarded message whose own alert has none. */
const isTrace = (row: AlertCode, log: string): boolean => row.code === 0x8f53 && log === 'security'

describe('the behaviour of alerts', () => {
  const LOW_CREDIT = 0x810d
  const MAGNET_GONE = 0x81bc
  const settings = (codes: readonly number[]): string => behaviourSettings('supplier', codes)
  const everything = '1'.repeat(256)

  it('is set under a mask, and read back', () => {
    const bench = new MeterBench({})
    const mask = settings([MAGNET_GONE, LOW_CREDIT])
    const before = bench.ask(ECS25r1.command({ to })).supplierWanAlertSettings
    bench.ask(ECS25a.command({ to, supplierWanAlertBehaviour: mask + settings([LOW_CREDIT]) }))
    const after = bench.ask(ECS25r1.command({ to })).supplierWanAlertSettings
    const differs = [...after].flatMap((bit, i) => (bit === before[i] ? [] : [i]))
    expect(differs).toEqual([settings([MAGNET_GONE]).indexOf('1')])
  })
  it('decides whether an alert is sent, shown and logged', () => {
    const bench = new MeterBench({})
    const goes = () => {
      bench.sent.length = 0
      bench.meter.log('eventLog.buffer').clear()
      bench.meter.magnet(false)
      return [bench.alerts().length, bench.logged('event').includes(MAGNET_GONE)]
    }
    expect(goes()).toEqual([1, true])
    bench.ask(ECS25a.command({ to, supplierWanAlertBehaviour: everything + settings([]) }))
    expect(goes()).toEqual([0, true])
    bench.ask(ECS25a3.command({ to, supplierLoggingBehaviour: everything + settings([]) }))
    expect(goes()).toEqual([0, false])
    bench.ask(ECS25a.command({ to, supplierWanAlertBehaviour: everything + settings([MAGNET_GONE]) }))
    expect(goes()).toEqual([1, false])
  })
  it('does so for the home network too', () => {
    const silence = ECS25a1.command({ to, supplierHanAlertBehaviour: everything + settings([]) })
    const bench = benchFor('emergencyCreditActivated')
    bench.ask(silence)
    stimulusOf('emergencyCreditActivated')?.(bench)
    expect(bench.heard()).toContain('emergencyCreditActivated')
    expect(bench.shown.filter((code) => code >> 8 === 0x81)).toEqual([])
  })
  it('of the network operator is its own', () => {
    const bench = benchFor('rmsVoltageBelowSagThreshold')
    const operator = { from: 'networkOperator' as const }
    const none = behaviourSettings('networkOperator', [])
    bench.ask(ECS25b.command({ to, networkOperatorWanAlertBehaviour: everything + none }), operator)
    bench.ask(ECS25b3.command({ to, networkOperatorLoggingBehaviour: everything + none }), operator)
    stimulusOf('rmsVoltageBelowSagThreshold')?.(bench)
    expect([bench.heard(), bench.logged('power')]).toEqual([[], []])
  })
  it('has nothing to say about critical alerts and the security log', () => {
    const bench = new MeterBench({})
    for (const command of [
      ECS25a.command({ to, supplierWanAlertBehaviour: everything + settings([]) }),
      ECS25a3.command({ to, supplierLoggingBehaviour: everything + settings([]) }),
    ])
      bench.ask(command)
    bench.meter.openTerminalCover()
    expect(bench.heard()).toHaveLength(2)
    expect(bench.logged('security')).toContain(0x8f76)
  })
})

describe('a flood of alerts', () => {
  it('is bounded by code and hour; the logs keep what they can', () => {
    const bench = new MeterBench({})
    for (let n = 0; n < 500; n++) bench.meter.openTerminalCover()
    // one for the supplier and one for the network operator
    expect(bench.heard()).toHaveLength(40)
    expect(bench.logged('security')).toHaveLength(100)
    bench.meter.magnet()
    expect(bench.heard()).toHaveLength(2)
    bench.pass(3600)
    bench.meter.openTerminalCover()
    expect(bench.heard()).toHaveLength(2)
  })
})

describe('logs', () => {
  it('keep the newest hundred entries, and cannot be written or forgotten from outside but by command', () => {
    const bench = new MeterBench({})
    for (let n = 0; n < 150; n++) {
      bench.pass(10)
      bench.meter.occur('localPortUsed')
      bench.meter.wiring({ incorrectPolarity: true })
      bench.meter.wiring({ incorrectPolarity: false })
      bench.meter.openTerminalCover()
    }
    const entries = [
      bench.ask(ECS35a.command({ to, eventLog: ever })).eventLog,
      bench.ask(ECS35b.command({ to, securityLog: ever })).securityLog,
      bench.ask(ECS35e.command({ to, powerEventLog: ever })).powerEventLog,
    ]
    for (const log of entries) {
      expect(log).toHaveLength(100)
      const times = log.map(({ time }) => time)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times.at(-1)).toBe(bench.now)
    }
  })
})
