import { describe, expect, it } from 'vitest'
import { passed } from '../report/result.js'
import { rtds } from '../rtds.fixture.js'
import { deviceUnderTest, memoryPort } from './memory-port.fixture.js'
import { loadReferencePlan } from './reference-plan.js'
import { runTarget } from './run-target.js'

describe.skipIf(!rtds).each(['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'] as const)(
  'the reference commands, sent to a simulated %s outside',
  (kind) => {
    it('are answered as by its twin, those that end the session last', async () => {
      const under = deviceUnderTest(kind)
      const plan = loadReferencePlan(rtds as string, kind)
      const { result, exchanges, accepted } = await runTarget(plan, under.keys, memoryPort(under), {
        destructive: true,
      })
      expect(result.exchanges.different).toEqual([])
      expect(result.alerts.different).toEqual([])
      expect(accepted).toEqual([])
      expect(passed(result)).toBe(true)
      expect(exchanges).toHaveLength(plan.commands.length)
      expect(exchanges.length).toBeGreaterThan(10)
    })
  },
)
