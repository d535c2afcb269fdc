import { fromHex, toHex, toLatin1 } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { accessResult } from '@smets2-sim/cosem'
import { primeAttribute } from '@smets2-sim/firmware'
import {
  allUseCases,
  CS01a,
  decodeMessage,
  decodePayload,
  decodeUtrn,
  encodeMessage,
  mpan,
  ptutMacIsValid,
  utrnCounterOf,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { type ConformanceRun, passed } from '../report/result.js'
import { cosemCommand } from '../fuzz/own-cosem.js'
import { type Behaviour, deviceUnderTest, type DeviceUnderTest, memoryPort } from './memory-port.fixture.js'
import { ownPlan } from './own-plan.js'
import type { Plan } from './planned.js'
import { runTarget, type TargetOptions } from './run-target.js'

/** Reads and writes, signed and with a MAC, timed and not, encrypted and not, and a log. */
const some = ['CS02a', 'ECS17a', 'ECS19', 'ECS40', 'ECS42', 'ECS52', 'ECS35b']
const planOf = ({ keys, clock }: DeviceUnderTest, names: readonly string[] = some): Plan => ({
  leftOut: [],
  commands: ownPlan(keys, clock.time).commands.filter(({ scenario }) => names.includes(scenario)),
})
interface Play extends TargetOptions {
  readonly under?: DeviceUnderTest
  readonly plan?: Plan
  readonly behaviour?: Behaviour
}
const play = ({
  under = deviceUnderTest(),
  plan = planOf(under),
  behaviour,
  ...options
}: Play): Promise<ConformanceRun> => runTarget(plan, under.keys, memoryPort(under, behaviour), options)

/** Reasons of what differs, by scenario. */
const reasons = ({ result }: ConformanceRun): Record<string, string> =>
  Object.fromEntries(result.exchanges.different.map(({ scenario, reason }) => [scenario, reason]))
const useCaseOf = (command: Uint8Array): number | undefined => {
  try {
    return decodeMessage(command).otherInformation.messageCode
  } catch {
    return undefined
  }
}
const flip = (octets: Uint8Array, at: number): Uint8Array => octets.map((octet, i) => (i === at ? octet ^ 1 : octet))

describe.each(['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'] as const)('a simulated %s', (kind) => {
  it('is answered for by its twin in every command of its own plan', async () => {
    const under = deviceUnderTest(kind)
    const run = await play({ under, plan: ownPlan(under.keys, under.clock.time) })
    expect(reasons(run)).toEqual({})
    expect(run.accepted).toEqual([])
    expect(run.result.alerts.different).toEqual([])
    expect(run.result.abuse.tried).toBe(24)
    expect(run.exchanges.length).toBeGreaterThan(4)
    expect(passed(run.result)).toBe(true)
  })
})

it('the own plan mostly asks for what a fresh meter can do; what it refuses is compared too', async () => {
  const under = deviceUnderTest()
  const { exchanges } = await play({ under, plan: ownPlan(under.keys, under.clock.time) })
  const refused = exchanges.filter(({ found }) => {
    const payload = decodePayload(decodeMessage(fromHex(found ?? '')))
    return payload.format === 'accessResponse' && payload.results.some((one) => one.result !== accessResult.success)
  })
  expect(exchanges.length).toBeGreaterThan(100)
  expect(refused.length).toBeLessThan(exchanges.length / 5)
})

describe('a run', () => {
  it('tells of each exchange what was sent, expected and received, and what was let pass', async () => {
    const { exchanges, result } = await play({})
    expect(exchanges.map(({ scenario }) => scenario)).toEqual([
      'CS02a',
      'ECS17a',
      'ECS19',
      'ECS35b',
      'ECS40',
      'ECS42',
      'ECS52',
    ])
    for (const { command, expected, found, useCase } of exchanges) {
      const [sent, response] = [decodeMessage(fromHex(command)), decodeMessage(fromHex(found ?? ''))]
      expect(response).toMatchObject({ originatorCounter: sent.originatorCounter, target: sent.originator })
      expect(fromHex(expected)).toHaveLength(fromHex(found ?? '').length)
      if (useCase !== 'ECS42' && useCase !== 'CS02a') expect(found).toBe(expected)
    }
    expect(exchanges.find(({ useCase }) => useCase === 'ECS42')?.allowed).toEqual(['signature'])
    expect(result.messages.signatures.checked).toBeGreaterThan(1)
    expect(result.messages.protected).toEqual({ found: 1, opened: 1 })
  })
  it('says where it is', async () => {
    const seen: string[] = []
    await play({ wrong: 0, progress: (done, total) => seen.push(`${done}/${total}`) })
    expect([seen[0], seen.at(-1)]).toEqual(['0/7', '7/7'])
  })
  it('sends only what was asked for', async () => {
    expect((await play({ only: 'ECS4' })).exchanges.map(({ scenario }) => scenario)).toEqual(['ECS40', 'ECS42'])
  })
  it('issues tokens that are authentic, under counters of their form', async () => {
    const under = deviceUnderTest()
    const { exchanges } = await play({ under, plan: planOf(under, ['CS01a', 'ECS42']), wrong: 1 })
    const { content, originator, target, originatorCounter } = decodeMessage(fromHex(exchanges[0]?.command ?? ''))
    const [token] = CS01a.parse(content)
    const ptut = decodeUtrn(toLatin1(token?.value as Uint8Array))
    const key = under.keys.parties.find(({ id }) => id === originator)?.keys.prePaymentTopUp
    const z = native.ecdh(key?.privateKey as Uint8Array, under.keys.device.keys.keyAgreement.publicKey)
    const context = { supplier: originator, device: target, utrnCounter: utrnCounterOf(originatorCounter) }
    expect(ptutMacIsValid(native, z, context, ptut)).toBe(true)
    // what follows is above it
    expect(decodeMessage(fromHex(exchanges[1]?.command ?? '')).originatorCounter).toBeGreaterThan(originatorCounter)
  })
  it('goes on above the counters that the keys tell', async () => {
    const under = deviceUnderTest()
    const parties = under.keys.parties.map((party) => ({ ...party, counter: 41n }))
    const { exchanges } = await play({ under: { ...under, keys: { ...under.keys, parties } }, wrong: 0 })
    const counters = exchanges.map(({ command }) => decodeMessage(fromHex(command)).originatorCounter)
    expect(new Set(counters)).toContain(42n)
    expect(counters.every((counter) => counter >= 42n && counter < 60n)).toBe(true)
  })
  it('leaves out what a key is missing for, and says which', async () => {
    const under = deviceUnderTest()
    const parties = under.keys.parties.map((party) => {
      if (party.role !== 'accessControlBroker') return party
      const bare = Object.entries(party.keys).map(([usage, { publicKey }]) => [usage, { publicKey }])
      return { ...party, keys: Object.fromEntries(bare) as typeof party.keys }
    })
    const run = await runTarget(planOf(under), { ...under.keys, parties }, memoryPort(under), { wrong: 2 })
    expect(run.result.exchanges).toMatchObject({ total: 7, identical: 1, different: [] })
    expect(new Set(run.leftOut?.map(({ reason }) => reason))).toEqual(
      new Set(['no private key of the accessControlBroker for the MAC']),
    )
  })
})

describe('commands that would end the session', () => {
  const useCase = allUseCases().find(({ name }) => name === 'CS06')
  const plan = (under: DeviceUnderTest): Plan => {
    const [first] = planOf(under, ['ECS42']).commands
    if (!first || !useCase) throw new Error('no such use case')
    return { leftOut: [], commands: [{ ...first, scenario: 'end', name: 'CS06', useCase }, first] }
  }
  it('are left out', async () => {
    const under = deviceUnderTest()
    const { exchanges, leftOut } = await play({ under, plan: plan(under) })
    expect(exchanges.map(({ scenario }) => scenario)).toEqual(['ECS42'])
    expect(leftOut).toEqual([{ scenario: 'end', useCase: 'CS06', reason: 'activates firmware' }])
  })
  it('come last when they are asked for', async () => {
    const under = deviceUnderTest()
    const { exchanges } = await play({ under, plan: plan(under), destructive: true })
    expect(exchanges.map(({ scenario }) => scenario)).toEqual(['ECS42', 'end'])
  })
})

describe('a device that misbehaves is found out', () => {
  const ECS40 = 0x0046
  /** Does something else with one command of the plan. */
  const only =
    (code: number, behave: (response: Uint8Array) => readonly Uint8Array[] | 'lost'): Behaviour =>
    (command, answer) => {
      const response = answer()
      if (!response) return []
      return useCaseOf(command) === code ? behave(response) : [response]
    }
  const codeOf = (name: string): number => allUseCases().find((one) => one.name === name)?.code ?? ECS40
  const code = codeOf('ECS40')

  it.each([
    [
      'flips an octet of the content',
      (octets: Uint8Array) => flip(octets, octets.length - 14),
      /MAC is not authentic.*content from octet \d+: found/,
    ],
    ['makes a wrong MAC', (octets: Uint8Array) => flip(octets, octets.length - 1), /^the MAC is not authentic/],
    ['sends octets that are no message', () => Uint8Array.of(1, 2, 3), /^it is no message/],
    ['cuts its response', (octets: Uint8Array) => octets.slice(0, -1), /^it is no message/],
    [
      'answers another party',
      (octets: Uint8Array) => encodeMessage({ ...decodeMessage(octets), target: deviceUnderTest().keys.device.id }),
      /MAC is not authentic.*target: found/,
    ],
    [
      'sends an alert in its place',
      (octets: Uint8Array) => encodeMessage({ ...decodeMessage(octets), kind: 'alert' as const }),
      /^no response within/,
    ],
    [
      'leaves its MAC away',
      (octets: Uint8Array) => {
        const { mac: _, ...message } = decodeMessage(octets)
        return encodeMessage(message)
      },
      /mac: found none, expected one/,
    ],
  ] as const)('%s', async (_, change, reason) => {
    const run = await play({ behaviour: only(code, (response) => [change(response)]) })
    expect(Object.keys(reasons(run))).toEqual(['ECS40'])
    expect(reasons(run)['ECS40']).toMatch(reason)
    expect(passed(run.result)).toBe(false)
  })
  it('does not sign what is critical', async () => {
    const run = await play({
      behaviour: only(codeOf('ECS42'), (response) => [
        encodeMessage({ ...decodeMessage(response), signature: new Uint8Array(64) }),
      ]),
    })
    expect(reasons(run)).toEqual({ ECS42: 'the signature does not verify under the key of the device' })
  })
  it('holds another value', async () => {
    const under = deviceUnderTest()
    primeAttribute(under.device, mpan.value, '1234567890123')
    const run = await play({ under })
    expect(Object.keys(reasons(run))).toEqual(['ECS40'])
    expect(reasons(run)['ECS40']).toMatch(/^content of \d+ octets, expected|^content from octet/)
  })
  it('does not answer', async () => {
    const run = await play({ behaviour: only(code, () => []) })
    expect(reasons(run)).toEqual({ ECS40: 'no response within 10000 ms' })
    const row = run.exchanges.find(({ scenario }) => scenario === 'ECS40')
    expect(row?.expected).not.toBe('')
    expect(row?.found).toBeUndefined()
  })
  it('never answers: the rest is not tried', async () => {
    const run = await play({ behaviour: () => [], timeoutMs: 7 })
    expect(reasons(run)).toMatchObject({
      CS02a: 'no response within 7 ms',
      ECS19: 'no response within 7 ms',
      ECS35b: 'not sent: 3 commands in a row had no response',
      ECS52: 'not sent: 3 commands in a row had no response',
    })
  })
  it('answers late', async () => {
    const held: Uint8Array[] = []
    const behaviour: Behaviour = (command, answer) => {
      const response = answer()
      const late = held.splice(0)
      if (!response) return late
      if (useCaseOf(command) !== code) return [...late, response]
      held.push(response)
      return late
    }
    const run = await play({ behaviour })
    expect(reasons(run)).toEqual({ ECS40: 'no response within 10000 ms; a response came later' })
    expect(run.exchanges.find(({ scenario }) => scenario === 'ECS40')?.found).toMatch(/^dd/)
  })
  it('answers twice', async () => {
    const run = await play({ behaviour: only(code, (response) => [response, response]), wrong: 0 })
    expect(reasons(run)).toEqual({ ECS40: 'another response came later' })
  })
  it('answers wrong messages', async () => {
    const response = Uint8Array.of(0xdf)
    const run = await play({ behaviour: (_, answer) => [answer() ?? response] })
    expect(reasons(run)).toEqual({})
    expect(run.accepted).toHaveLength(24)
    expect(run.accepted[0]).toMatchObject({ effect: 'a response: df' })
    expect(passed(run.result)).toBe(false)
  })
  it('goes away', async () => {
    const run = await play({ behaviour: only(code, () => 'lost'), wrong: 0 })
    expect(reasons(run)).toEqual({
      ECS40: 'the other end went away',
      ECS42: 'not sent: the link was lost: the other end went away',
      ECS52: 'not sent: the link was lost: the other end went away',
    })
  })
  it('goes away over a wrong message', async () => {
    const run = await play({
      behaviour: (_, answer) => ([answer() ?? []].flat().length > 0 ? [answer() as Uint8Array] : 'lost'),
    })
    expect(run.accepted).toMatchObject([{ scenario: 'CS02a', effect: 'the link was lost: the other end went away' }])
    expect(run.exchanges.every(({ different }) => different?.startsWith('not sent'))).toBe(true)
  })
  it('raises an alert that is not authentic, or under a counter that it has used', async () => {
    const change = async (alter: (alerts: Uint8Array[]) => Uint8Array[]) => {
      const under = deviceUnderTest()
      const behaviour: Behaviour = (_, answer) => {
        const response = answer()
        return [...(response ? [response] : []), ...alter(under.sent.splice(0))]
      }
      const { result } = await play({ under, plan: planOf(under, ['ECS42']), wrong: 3, behaviour })
      return result.alerts.different.map(({ reason }) => reason)
    }
    expect(await change((alerts) => alerts)).toEqual([])
    const forged = await change((alerts) => alerts.map((alert) => flip(alert, alert.length - 1)))
    expect(forged).toHaveLength(3)
    for (const reason of forged) expect(reason).toMatch(/signature does not verify|MAC is not authentic/)
    const repeated = await change((alerts) => alerts.flatMap((alert) => [alert, alert]))
    expect(repeated).toHaveLength(3)
    for (const reason of repeated) expect(reason).toMatch(/counter \d+ is not above \d+/)
  })
})

describe('what may differ', () => {
  it('is the clock within the tolerance, in header and log', async () => {
    const under = deviceUnderTest()
    under.device.clock.drift(3)
    const run = await play({ under })
    expect(reasons(run)).toEqual({})
    const allowed = (name: string) => run.exchanges.find(({ scenario }) => scenario === name)?.allowed
    expect(allowed('ECS17a')).toEqual(['mac', 'dateTime'])
    expect(allowed('ECS35b')).toContain('timeStamp')
  })
  it('is no clock beyond it', async () => {
    const under = deviceUnderTest()
    under.device.clock.drift(3)
    const run = await play({ under, toleranceS: 2 })
    expect(Object.keys(reasons(run))).toEqual(['ECS17a', 'ECS19', 'ECS35b'])
    expect(reasons(run)['ECS17a']).toMatch(/^date-time: found .* within 2 s$/)
  })

  const useCase = allUseCases().find(
    (one) =>
      one.sensitive &&
      one.payload === 'cosem' &&
      one.devices.includes('esme') &&
      one.from.includes('accessControlBroker'),
  )
  const twice = (): Plan => {
    if (useCase?.payload !== 'cosem') throw new Error('no use case of this sort')
    const command = {
      ...({ name: useCase.name, useCase, from: 'accessControlBroker', protection: 'mac' } as const),
      inNameOf: { role: 'networkOperator', certified: true } as const,
      request: ({ target }: { target: Parameters<typeof cosemCommand>[1] }) => cosemCommand(useCase, target),
    }
    return {
      leftOut: [],
      commands: [
        { ...command, scenario: 'first' },
        { ...command, scenario: 'second' },
      ],
    }
  }
  it.runIf(useCase)("is the device's own counter under which it encrypts, as long as it rises", async () => {
    const under = deviceUnderTest()
    under.device.counters.own = 5000n
    const run = await play({ under, plan: twice(), wrong: 0 })
    expect(reasons(run)).toEqual({})
    expect(run.exchanges[0]?.allowed).toEqual(['mac', 'ownCounter'])
    const again = deviceUnderTest()
    const behaviour: Behaviour = (_, answer) => {
      again.device.counters.own = 5000n
      return [answer() ?? []].flat()
    }
    expect(reasons(await play({ under: again, plan: twice(), wrong: 0, behaviour }))).toEqual({
      second: 'own counter 5001 is not above 5001',
    })
  })
  it('is the value of what is read, if the twin is to adopt it', async () => {
    const under = deviceUnderTest()
    primeAttribute(under.device, mpan.value, '1234567890123')
    const run = await play({ under, adopt: true })
    expect(reasons(run)).toEqual({})
    expect(toHex(fromHex(run.exchanges.find(({ scenario }) => scenario === 'ECS40')?.found ?? ''))).toContain(
      '31323334',
    )
  })
  it('is not the form of it', async () => {
    const behaviour: Behaviour = (_, answer) => {
      const response = answer()
      return response ? [flip(response, response.length - 15)] : []
    }
    expect(passed((await play({ adopt: true, behaviour, wrong: 0 })).result)).toBe(false)
  })
})
