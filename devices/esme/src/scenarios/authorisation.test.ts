import { type AccessItem, decodeAccessRequest, encodeAccessRequest } from '@smets2-sim/cosem'
import { acceptedProtections, type Outcome } from '@smets2-sim/firmware'
import {
  allUseCases,
  type Asn1UseCase,
  type CommandRequest,
  type CosemItem,
  type CosemUseCase,
  type RemotePartyRole,
  type UseCase,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { command, parties } from '../../../../packages/firmware/src/testing/bench.fixture.js'
import { deviceId, MeterBench, type PartyName } from '../testing/meter-bench.fixture.js'

// Who may do what: every use case of the meter by every party, and every item under every other message code.

const to = deviceId
const own = allUseCases().filter(({ devices }) => devices.includes('esme'))
const partyNames = Object.keys(parties) as PartyName[]
const COUNTER = 5_000n

/** Values of ASN.1 commands: well formed, whatever they then lead to. */
const control = (mode: number) => ({
  credentialsReplacementMode: mode,
  applyTimeBasedCPVChecks: 0,
  authorisingSeqNumber: COUNTER,
})
const cell = { role: 4, keyUsage: 'keyAgreement', cellUsage: 0 }
const other = Uint8Array.of(0, 0xdb, 0x12, 0x34, 0x56, 0x78, 0x90, 0xb1)
const asn1Values: readonly (readonly [pattern: RegExp, value: (useCase: UseCase) => unknown])[] = [
  [/^CS02[af]/, () => ({ authorisingRemotePartyTACell: cell, rolesRequired: [2] })],
  [/^CS02[bg]/, ({ code }) => ({ control: control(modes[code] ?? 0), replacements: [], certificationPath: [] })],
  [/^CS02[ce]/, () => ({ keyUsage: 'digitalSignature' })],
  [/^CS02d/, () => Uint8Array.of(0x30, 0)],
  [/^CS03/, () => ({ joinMethodAndRole: 0, otherDeviceEntityIdentifier: other, otherDeviceType: 5 })],
  [/^CS04/, () => other],
  [/^CS06/, () => ({ manufacturerImageHash: new Uint8Array(32), originatorCounter: COUNTER })],
  [/^CS07/, () => null],
]
const modes: Readonly<Record<number, number>> = { 0x0125: 10, 0x0126: 11 }
for (let mode = 0; mode <= 9; mode++) Object.assign(modes, { [0x0100 + mode]: mode })

/** An argument of the right type for an item. */
function argumentOf(item: CosemItem): unknown {
  if (item.kind === 'set') return item.member.schema.initial
  if (item.kind === 'action') return 'constant' in item ? true : item.member.schema.initial
  if (item.kind === 'get') return true
  return item.kind === 'protectedGet' && !item.ranged ? true : { from: 0, to: 1 }
}

/** A command of the use case with arguments of the right types. */
function requestOf(useCase: UseCase): CommandRequest {
  if (useCase.payload === 'cosem') {
    const cosem = useCase as CosemUseCase
    return cosem.commandOf(
      to,
      cosem.sequence.map(([item, declared]) => ({ item, value: argumentOf(declared) })),
    )
  }
  const value = asn1Values.find(([pattern]) => pattern.test(useCase.name))?.[1](useCase)
  if (value === undefined) throw new Error(`no value for ${useCase.name}`)
  return (useCase as Asn1UseCase).command({ to, value })
}

const stateOf = (bench: MeterBench) => new Map(bench.meter.items.entries())
/** Names of data items that are not what they were; the traces of a refused message apart. */
const changed = (bench: MeterBench, before: ReadonlyMap<string, unknown>, traces: RegExp): string[] =>
  [...stateOf(bench)].filter(([name, value]) => !traces.test(name) && before.get(name) !== value).map(([name]) => name)
const ofRefusal = /^(gate|alerts|counter\.own)/
/** An authentic command that is refused for what it carries has spent its counter besides. */
const ofContent = /^(gate|alerts|counter)/

function deliver(bench: MeterBench, request: CommandRequest, from: PartyName): Outcome {
  const useCase = request.useCase
  const mayIt = (useCase.from as readonly string[]).includes(from)
  const [protection] = mayIt ? acceptedProtections(useCase, from as RemotePartyRole, 'esme') : []
  return bench.meter.receive(command(request, { from, counter: COUNTER, ...(protection && { protection }) }))
}

describe('authorisation', () => {
  it('has use cases to be tested with, and every role that may send one', () => {
    expect(own.length).toBeGreaterThan(120)
    expect([...new Set(own.flatMap(({ from }) => from))].filter((role) => !(role in parties))).toEqual([
      'wanProvider',
      'root',
    ])
  })

  it.each(own.map((useCase) => [useCase.name, useCase] as const))('lets only those send %s who may', (_, useCase) => {
    const request = requestOf(useCase)
    for (const from of partyNames) {
      const bench = new MeterBench()
      bench.pass(1)
      const before = stateOf(bench)
      const outcome = deliver(bench, request, from)
      if ((useCase.from as readonly string[]).includes(from)) {
        // what the payload of a replacement of credentials must hold besides is tried in the matrix of all devices
        const past = useCase.name.startsWith('CS02') ? ['malformedPayload', 'badSignature', 'responded'] : ['responded']
        expect(past).toContain(outcome.kind === 'discarded' ? outcome.reason : 'responded')
        continue
      }
      expect([from, outcome.kind === 'discarded' && outcome.reason]).toEqual([
        from,
        from === 'stranger' ? 'unknownOriginator' : 'notAuthorised',
      ])
      expect(changed(bench, before, ofRefusal)).toEqual([])
      expect(bench.alerts().length).toBeGreaterThan(0)
      expect(bench.logged('security').length).toBeGreaterThan(0)
    }
  })

  const cosem = own.filter((useCase): useCase is CosemUseCase & UseCase => useCase.payload === 'cosem')
  const itemsOf = new Map(
    cosem.map((useCase) => [
      useCase.name,
      decodeAccessRequest(
        requestOf(useCase).payload({ originatorCounter: COUNTER, originator: parties.supplier.id, target: to }),
      ).items,
    ]),
  )
  /** The command with an item of another use case at its end. */
  const smuggle = (useCase: CosemUseCase, stranger: AccessItem): CommandRequest => ({
    ...requestOf(useCase as UseCase),
    payload: () =>
      encodeAccessRequest({
        invokeIdAndPriority: 0x2000_0000 + Number(COUNTER),
        items: [...(itemsOf.get(useCase.name) ?? []), stranger],
      }),
  })

  it.each(cosem.map((useCase) => [useCase.name, useCase] as const))(
    'lets %s carry no item of another use case',
    (_, useCase) => {
      const bench = new MeterBench()
      bench.pass(1)
      const from = useCase.from.find((role): role is RemotePartyRole & PartyName => role in parties) ?? 'supplier'
      const before = stateOf(bench)
      let tried = 0
      for (const another of cosem) {
        const stranger = itemsOf.get(another.name)?.find((item) => !useCase.opens(item))
        if (!stranger) continue
        tried++
        const outcome = deliver(bench, smuggle(useCase, stranger), from)
        expect([another.name, outcome.kind === 'discarded' && outcome.reason]).toEqual([
          another.name,
          'itemNotInUseCase',
        ])
        expect(changed(bench, before, ofContent)).toEqual([])
        for (const name of stateOf(bench).keys())
          if (name.startsWith('counter.')) bench.meter.items.reset({ name, initial: undefined })
      }
      expect(tried).toBeGreaterThan(80)
    },
  )
})
