import { allUseCases, type CommandRequest, type DeviceKind, type UseCase } from '@smets2-sim/gbcs'
import type { CommandRefused, PartyRole, RemoteParty } from '@smets2-sim/parties'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeviceName, home, type Home } from './index.js'

/** Parties of every role, and the devices that execute commands. */
const roles: readonly PartyRole[] = [
  'supplier',
  'networkOperator',
  'accessControlBroker',
  'transitionalCoS',
  'wanProvider',
  'recovery',
  'loadController',
]
const kinds: readonly DeviceName[] = ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs']

/** Reasons that say that the originator or its protection was accepted: only then is the payload looked at. */
const admitted = ['malformedPayload', 'itemNotInUseCase']
const turnedAway = ['notAuthorised', 'unknownOriginator', 'badSignature']

/** A command of a use case with nothing in it: whether it is admitted depends on who sends it alone. */
const empty = (useCase: UseCase, target: CommandRequest['target']): CommandRequest => ({
  useCase,
  target,
  payload: () => new Uint8Array(0),
  read: () => ({ ok: true, items: [], value: undefined }),
})

describe('authorisation, role by use case', () => {
  let h: Home
  beforeAll(async () => {
    h = await home({ seed: 5 }).electricity().gas().ppmid().hcalcs().commission()
  })
  afterAll(() => h[Symbol.asyncDispose]())

  /** Hands a command to the device itself: neither latency nor sleep matter here. */
  const reasonFor = (party: RemoteParty, kind: DeviceName, useCase: UseCase): string => {
    const device = h.premises.device(kind)
    const outcome = device.receive(party.build(empty(useCase, device.id)).octets)
    return outcome.kind === 'responded' ? 'responded' : outcome.reason
  }
  const executedBy = (kind: DeviceKind): UseCase[] =>
    allUseCases().filter(({ devices, category }) => devices.includes(kind) && category !== 'SME.C.PPMID-GSME')

  it.each(kinds)('%s admits each use case from its roles, and from nobody else', (kind) => {
    let refused = 0
    for (const useCase of executedBy(kind))
      for (const role of roles) {
        const device = h.premises.device(kind).device
        const known = device.anchors.rolesOf(h.farEnd[role].id)
        // the contingency key is nobody's: it is found in a command of its own
        const allowed =
          useCase.name !== 'CS02b_anyByContingency' && useCase.from.some((candidate) => known.includes(candidate))
        const reason = reasonFor(h.farEnd[role], kind, useCase)
        expect([kind, useCase.name, role, (allowed ? admitted : turnedAway).includes(reason) || reason]).toEqual([
          kind,
          useCase.name,
          role,
          true,
        ])
        if (!allowed) refused++
      }
    expect(refused).toBeGreaterThan(0)
  })

  it('knows no use case of other devices', () => {
    for (const kind of kinds) {
      const foreign = allUseCases().filter(({ devices }) => !devices.includes(kind))
      for (const useCase of foreign.slice(0, 20)) {
        expect([kind, useCase.name, reasonFor(h.supplier, kind, useCase)]).toEqual([
          kind,
          useCase.name,
          'unknownMessageCode',
        ])
      }
    }
  })

  it('tells the sender why, with the reason of the device', async () => {
    const useCase = allUseCases().find(({ name }) => name === 'ECS43') as UseCase
    const error: unknown = await h.networkOperator.send(empty(useCase, h.esme.id)).catch((e: unknown) => e)
    expect((error as CommandRefused).name).toBe('CommandRefused')
    expect((error as CommandRefused).reason).toBe('notAuthorised')
    expect((error as CommandRefused).detail).toContain('networkOperator may not send ECS43')
  })
})
