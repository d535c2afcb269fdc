import { eui64 } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { contingencyKey, Device, restoreSnapshot, takeSnapshot, wrapContingencyKey } from '@smets2-sim/firmware'
import {
  alertOf,
  alerts,
  allUseCases,
  type AlertName,
  alertRecipientRoles,
  type DecodedMessage,
  decodeMessage,
  type DeviceKind,
  type UseCase,
} from '@smets2-sim/gbcs'
import { type Home, home } from '@smets2-sim/home'
import { readAlert, type RemoteParty } from '@smets2-sim/parties'
import { beforeAll, describe, expect, it } from 'vitest'
import { sampleCommand } from './sample-command.fixture.js'

// Every use case from every party to every kind of device, each command correctly protected: the authorisation matrix.

const kinds = ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'] as const satisfies readonly DeviceKind[]
type Kind = (typeof kinds)[number]
let h: Home
let parties: readonly RemoteParty[]
const states = new Map<DeviceKind, Uint8Array>()

beforeAll(async () => {
  h = await home({ seed: 4 }).electricity().gas().ppmid().hcalcs().commission()
  // a supplier that no device has heard of, beside one of each role
  h.farEnd.addSupplier(eui64('0253494d000000ee'))
  parties = h.farEnd.parties
  // the contingency key of these devices is the recovery party's own, so that its order is signed as it should be
  const publicKey = h.recovery.keys.publicKey('digitalSignature') ?? new Uint8Array(0)
  const wrapped = wrapContingencyKey(native, new Uint8Array(16), new Uint8Array(12), publicKey)
  for (const kind of kinds) {
    h[kind].device.items.write(contingencyKey, wrapped)
    states.set(kind, takeSnapshot(h[kind].device))
  }
})

/** A device of the commissioned home, and what it sends. */
function deviceOf(kind: Kind): { device: Device; sent: DecodedMessage[] } {
  const sent: DecodedMessage[] = []
  const { store: _store, ...ports } = h[kind].device.ports
  const link = { send: (message: Uint8Array) => void sent.push(decodeMessage(message)) }
  const device = new Device(h[kind].device.profile, h[kind].id, { ...ports, link })
  restoreSnapshot(device, states.get(kind) as Uint8Array)
  return { device, sent }
}
const isPeerToPeer = ({ category }: UseCase): boolean => category === 'SME.C.PPMID-GSME'

/** Who may: a party in a role of the use case that the device knows in that role. */
const mayAct = (device: Device, useCase: UseCase, party: RemoteParty): boolean =>
  useCase.devices.includes(device.kind) &&
  useCase.from.includes(party.role) &&
  device.anchors.rolesOf(party.id).includes(party.role)

/** The alert about a command that is refused, and to whom it goes. */
function expectedAlert(
  device: Device,
  useCase: UseCase,
  party: RemoteParty,
): { name: AlertName; to: readonly string[] } {
  const known = device.anchors.rolesOf(party.id).length > 0 && !isPeerToPeer(useCase)
  const name: AlertName = !useCase.devices.includes(device.kind)
    ? 'integrityCheckOfContentOrFormatOfCommandFailed'
    : known
      ? 'sourceDoesNotHaveAuthorityForCommand'
      : 'unauthorisedCommunicationAccessAttempted'
  const usual = alertRecipientRoles(alerts[name], device.kind).flatMap(
    (role) =>
      device.anchors.get(role, 'keyAgreement')?.entityId ??
      device.anchors.get(role, 'digitalSignature')?.entityId ??
      [],
  )
  return { name, to: known && useCase.devices.includes(device.kind) ? [party.id] : usual }
}

/** What a refusal may leave: how many there were, and the counter of the alert. */
const TRACES = ['gate.discards', 'counter.own']
const stateOf = ({ items }: Device) => [...items.entries()].filter(([name]) => !TRACES.includes(name))

function refusedOf(kind: Kind, useCase: UseCase, party: RemoteParty, octets: Uint8Array): string | undefined {
  const { device, sent } = deviceOf(kind)
  const before = stateOf(device)
  const log = device.log('securityLog.buffer')
  const entries = log.length
  const outcome = device.receive(octets)
  if (outcome.kind === 'responded') return 'was executed'
  const after = stateOf(device)
  if (
    after.length !== before.length ||
    after.some(([name, value], i) => before[i]?.[0] !== name || before[i]?.[1] !== value)
  )
    return 'had an effect'
  if (log.length !== Math.min(log.capacity, entries + 1))
    return `left ${log.length - entries} entries in the security log`
  const { name, to } = expectedAlert(device, useCase, party)
  const told = sent.map((message) => [message.target, alertOf(readAlert(message).code)?.name])
  const expected = to.map((id) => [id, name])
  return JSON.stringify(told) === JSON.stringify(expected)
    ? undefined
    : `told ${JSON.stringify(told)}, expected ${JSON.stringify(expected)} (${outcome.reason})`
}

function executedOf(kind: Kind, party: RemoteParty, octets: Uint8Array): string | undefined {
  const outcome = deviceOf(kind).device.receive(octets)
  if (outcome.kind === 'discarded') return `was refused: ${outcome.reason}, ${outcome.detail}`
  const { kind: answer, target, originator } = decodeMessage(outcome.response)
  return answer === 'response' && target === party.id && originator === h[kind].id
    ? undefined
    : 'was answered to somebody else'
}

/** What is wrong with each command, by use case and party, and the use cases that somebody could give. */
function play(kind: Kind, useCases: readonly UseCase[], by: readonly RemoteParty[]) {
  const problems: string[] = []
  const done = new Set<string>()
  for (const useCase of useCases)
    for (const party of by) {
      const { octets } = party.build(sampleCommand(useCase, h[kind].id, party.role, h.premises.smki))
      const allowed = mayAct(h[kind].device, useCase, party)
      const problem = allowed ? executedOf(kind, party, octets) : refusedOf(kind, useCase, party, octets)
      if (allowed) done.add(useCase.name)
      if (problem) problems.push(`${useCase.name} from ${party.role} ${party.id} ${problem}`)
    }
  return { problems, done }
}

describe.each(kinds)('a commissioned %s', (kind) => {
  const own = allUseCases().filter(({ devices }) => devices.includes(kind))
  it('does what the right party orders, and nothing else for anybody', () => {
    const { problems, done } = play(kind, own, parties)
    expect(problems).toEqual([])
    expect([...done].sort()).toEqual(
      own
        .filter((one) => !isPeerToPeer(one))
        .map(({ name }) => name)
        .sort(),
    )
  })
  it('does nothing that is for other kinds of device', () => {
    const others = allUseCases().filter(({ devices }) => !devices.includes(kind))
    expect(play(kind, others, [h.supplier, h.accessControlBroker]).problems).toEqual([])
  })
  it('answers an unknown party through the broker alone, where the broker may ask', () => {
    const stranger = parties.at(-1) as RemoteParty
    for (const useCase of own.filter(
      ({ from, payload }) => from.includes('accessControlBroker') && payload !== 'asn1',
    )) {
      const request = sampleCommand(useCase, h[kind].id, 'accessControlBroker', h.premises.smki)
      const { octets } = h.accessControlBroker.buildFor(stranger, request)
      expect([useCase.name, executedOf(kind, h.accessControlBroker, octets)]).toEqual([useCase.name, undefined])
    }
  })
})
