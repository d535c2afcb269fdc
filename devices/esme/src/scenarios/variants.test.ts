import {
  alertOf,
  type CosemUseCase,
  ECS01d,
  ECS23b,
  ECS24b,
  ECS26b,
  ECS26k,
  ECS26m,
  ECS47e,
  ECS61a,
  ECS61c,
  type UseCase,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import type { EsmeOptions } from '../index.js'
import { secondaryPrices } from '../testing/settings.fixture.js'
import { deviceId, MeterBench, NOW } from '../testing/meter-bench.fixture.js'

const to = deviceId
const range = { from: 0, to: 0x7fff_ffff }
const read = (useCase: UseCase) => (useCase as CosemUseCase).command({ to, ...logs[useCase.name] })
const logs: Record<string, object> = {
  ECS23b: {
    averageRmsVoltageProfileLogPhase1: range,
    averageRmsVoltageProfileLogPhase2: range,
    averageRmsVoltageProfileLogPhase3: range,
  },
  ECS61c: { boostFunctionEventLog: range },
}
const UNAVAILABLE = 11
const first = (bench: MeterBench, useCase: UseCase) =>
  bench.send(read(useCase)).reading?.items.find(({ result }) => result !== 0)?.result

describe('a variant', () => {
  const rows: readonly (readonly [string, UseCase, EsmeOptions, EsmeOptions])[] = [
    ['the second element', ECS24b as UseCase, { variant: 'twinElement' }, { variant: 'polyphase' }],
    ['three phases', ECS23b as UseCase, { variant: 'polyphase' }, { variant: 'twinElement' }],
    ['thresholds of three phases', ECS26k as UseCase, { variant: 'polyphase' }, { variant: 'singleElement' }],
    ['auxiliary controllers', ECS61a as UseCase, { controllers: ['alcs'] }, {}],
    ['a boost function', ECS61c as UseCase, { controllers: ['alcs'], boostFunction: true }, { controllers: ['alcs'] }],
  ]
  it.each(rows)('that lacks %s answers object-unavailable, another the values (%#)', (_, useCase, has, lacks) => {
    expect(first(new MeterBench(has), useCase)).toBe(undefined)
    expect(first(new MeterBench(lacks), useCase)).toBe(UNAVAILABLE)
    expect(first(new MeterBench(), useCase)).toBe(undefined)
  })
  it('says which it is', () => {
    const letter = (variant: EsmeOptions['variant'] & string) =>
      String.fromCharCode(...new MeterBench({ variant }).ask(ECS26m.command({ to })).meterVariant)
    expect([letter('singleElement'), letter('twinElement'), letter('polyphase')]).toEqual(['A', 'B', 'C'])
  })
  it('is known by all of its kind to have the thresholds of its phase', () => {
    for (const variant of ['singleElement', 'twinElement', 'polyphase'] as const)
      expect(first(new MeterBench({ variant }), ECS26b as UseCase)).toBe(undefined)
  })
  it('refuses prices of an element that it does not have', () => {
    const send = (variant: EsmeOptions['variant'] & string) =>
      new MeterBench({ variant }).send(
        ECS01d.command({
          to,
          secondaryConsumptionChargeUnitChargePassive: secondaryPrices([7]),
          secondaryConsumptionChargeUnitChargeActivationTime: NOW,
        }),
      ).reading?.items[0]?.result
    expect([send('singleElement'), send('twinElement')]).toEqual([UNAVAILABLE, 0])
  })
  it('that has nothing of a command tells the broker so, in the name of the party', () => {
    const bench = new MeterBench({})
    bench.send(
      ECS47e.command({
        to,
        auxiliaryController4LimitStart: NOW,
        auxiliaryController4LimitEnd: NOW,
        auxiliaryProportionalControllerScripts: 0x141e,
      }),
      { from: 'loadController' },
    )
    const [alert] = bench.alerts()
    expect(alert).toMatchObject({ code: 0x8f85, to: 'accessControlBroker' })
    expect(alertOf(0x8f85)?.name).toBe(alert?.name)
    expect(alert?.message.otherInformation.supplementaryRemotePartyCounter).toBe(1000n)
  })
})
