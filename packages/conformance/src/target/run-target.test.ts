import { describe, expect, it } from 'vitest'
import { loadReferenceSet } from '../messages/index.js'
import { decodeSet } from '../reference-set/decoded-set.js'
import { rtds } from '../rtds.fixture.js'
import { deviceUnderTest, memoryPort } from './memory-port.fixture.js'
import { referencePlan } from './reference-plan.js'
import { runTarget } from './run-target.js'
import { passed } from '../report/result.js'

describe.skipIf(!rtds)('the reference commands, sent to a device outside', () => {
  const set = rtds ? decodeSet(loadReferenceSet(rtds)) : (undefined as never)
  it.each(['esme','gsme','gpf','chf','ppmid','hcalcs'] as const)('are answered as by the twin %s', async (kind) => {
    const under = deviceUnderTest(kind)
    const run = await runTarget(referencePlan(set, kind), under.keys, memoryPort(under), {destructive:true})
    console.log(JSON.stringify({...run.result, exchanges: {...run.result.exchanges, unverifiable: 0}}, null, 1), run.accepted)
    expect(passed(run.result)).toBe(true)
  })
})
