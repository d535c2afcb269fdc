import { fromHex } from '@smets2-sim/bytes'
import { firmwareVersion } from '@smets2-sim/firmware'
import {
  activateResult,
  allUseCases,
  type Asn1UseCase,
  decodeMessage,
  deviceCertificateResult,
  encodeMessage,
  joinResult,
  replacementStatus,
  unjoinResult,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { htmlReport } from '../report/html.js'
import { junitReport } from '../report/junit.js'
import type { ConformanceRun, ExchangeDetail } from '../report/result.js'
import { type Behaviour, deviceUnderTest, memoryPort } from './memory-port.fixture.js'
import { ownPlan } from './own-plan.js'
import { runTarget } from './run-target.js'

const kinds = ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'] as const

/** Only what has to be refused, played to a device. */
function play(under = deviceUnderTest(), behaviour?: Behaviour): Promise<ConformanceRun> {
  const { commands } = ownPlan(under.keys, under.clock.time)
  const refused = commands.filter((one) => one.refused)
  return runTarget({ commands: refused, leftOut: [] }, under.keys, memoryPort(under, behaviour), { wrong: 0 })
}
/** What a response says, typed. */
function answer({ command, found, useCase: name }: ExchangeDetail): unknown {
  const useCase = allUseCases().find((one) => one.name === name) as Asn1UseCase
  const { target, originator, originatorCounter, content } = decodeMessage(fromHex(command))
  const { value } = useCase.parse(content)
  const context = { originator, target, originatorCounter }
  const request = useCase.command({ to: target, value })
  return request.read(decodeMessage(fromHex(found ?? '')).content, context, () => undefined).value
}
const refusals: Readonly<Record<string, unknown>> = {
  CS02d: deviceCertificateResult.wrongDeviceIdentity,
  CS03A1: joinResult.invalidMessageCodeForJoinMethodAndRole,
  CS03A2: joinResult.invalidMessageCodeForJoinMethodAndRole,
  CS03B: joinResult.invalidMessageCodeForJoinMethodAndRole,
  CS03C: joinResult.invalidMessageCodeForJoinMethodAndRole,
  CS04AC: unjoinResult.otherDeviceNotInDeviceLog,
  CS04B: unjoinResult.otherDeviceNotInDeviceLog,
  CS06: { kind: 'executed', value: { activateImageResponseCode: activateResult.noImageHeld } },
  GCS59: { results: [{ joinResponseCode: joinResult.invalidJoinMethodAndRole }] },
}
const strange = { executionOutcome: { replacements: [{ statusCode: replacementStatus.noTrustAnchor }] } }

describe.each(kinds)('what a %s has to refuse', (kind) => {
  it('gets a response, which is the same as that of the twin, and changes nothing', async () => {
    const under = deviceUnderTest(kind)
    const holders = () => under.device.anchors.cells.map((cell) => under.device.anchors.get(cell.role, cell.usage))
    const before = holders()
    const { result, exchanges } = await play(under)
    expect(result.exchanges.different).toEqual([])
    for (const detail of exchanges) {
      expect(detail.found, detail.scenario).toMatch(/^d[df]/)
      expect({ [detail.useCase]: answer(detail) }).toMatchObject({
        [detail.useCase]: refusals[detail.useCase] ?? strange,
      })
    }
    expect(holders()).toEqual(before)
  })
  it('is all that has values of the home, but for what nobody can sign', () => {
    const { keys, clock } = deviceUnderTest(kind)
    const { leftOut } = ownPlan(keys, clock.time)
    const names = leftOut.filter(({ reason }) => !reason.startsWith('comes from')).map(({ scenario }) => scenario)
    expect(names).toEqual(['CS02b_anyByContingency'])
    expect(leftOut[0]?.reason).toMatch(/^it is signed with the contingency key/)
  })
})

describe("a field that is the device's own affair", () => {
  it('may be otherwise, and the reports name it', async () => {
    const under = deviceUnderTest()
    under.device.items.write(firmwareVersion, fromHex('01020304'))
    const run = await play(under)
    expect(run.result.exchanges.different).toEqual([])
    const row = run.exchanges.find(({ useCase }) => useCase === 'CS06')
    expect(row?.allowed).toContain('ownValue')
    expect(row?.own).toEqual([
      'activateImageResponseCode (no image held, or another hash)',
      'firmwareVersion (its own)',
    ])
    for (const report of [junitReport(run), htmlReport(run)])
      expect(report).toContain('not compared: activateImageResponseCode (no image held, or another hash)')
  })
  it('has to keep its rule', async () => {
    const under = deviceUnderTest()
    // it says that it took what it had to refuse
    const accepted: Behaviour = (command, reply) => {
      const response = reply()
      const { otherInformation } = decodeMessage(command)
      if (!response || useCaseByCode(otherInformation.messageCode)?.name !== 'CS02b_transCoSByTransCoS')
        return [response ?? []].flat()
      const message = decodeMessage(response)
      const at = message.content.findIndex((octet, i) => octet === 0x0a && message.content[i + 2] === 10)
      return [encodeMessage({ ...message, content: message.content.map((octet, i) => (i === at + 2 ? 0 : octet)) })]
    }
    const { different } = (await play(under, accepted)).result.exchanges
    expect(different.map(({ useCase }) => useCase)).toEqual(['CS02b_transCoSByTransCoS'])
    expect(different[0]?.reason).toMatch(/statusCode: found 0, expected any but success/)
  })
  it('excuses no octet beside it', async () => {
    const behaviour: Behaviour = (_, reply) => {
      const response = reply()
      if (!response) return []
      const message = decodeMessage(response)
      // the last octet of a replacement's outcome is one of a key identifier
      return [
        encodeMessage({ ...message, content: message.content.map((o, i, all) => (i === all.length - 1 ? o ^ 1 : o)) }),
      ]
    }
    const { exchanges } = (await play(deviceUnderTest(), behaviour)).result
    expect(exchanges.identical).toBeLessThan(2)
    const reason = exchanges.different.find(({ useCase }) => useCase === 'CS02b_supplierBySupplier')?.reason
    expect(reason).toMatch(/content from octet \d+: found/)
  })
})
