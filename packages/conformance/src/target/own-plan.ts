import { type Eui64, fromHex, latin1 } from '@smets2-sim/bytes'
import { encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import { acceptedProtections } from '@smets2-sim/firmware'
import {
  allUseCases,
  type Asn1UseCase,
  type CommandRequest,
  CS01a,
  CS01b,
  ECS70,
  remotePartyRole,
  type RemotePartyRole,
  toGeneralizedTime,
  type UseCase,
} from '@smets2-sim/gbcs'
import { cosemCommand } from '../fuzz/own-cosem.js'
import { gbzCommand } from '../fuzz/own-messages.js'
import type { Difference } from '../report/result.js'
import { partyOf, type TargetKeys } from './keys.js'
import { refusalOf, replacedBy } from './own-refusals.js'
import type { Plan, PlannedCommand, RequestContext } from './planned.js'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
/** What every token is worth: 1 pound. */
const amount = { value: 1, valueClass: 'pounds' } as const

/**
 * One command of every use case that a kind of device executes, without a reference set: everything is read, logs are
 * read whole, and what is set is set at once, to what it is before anyone has set it. What has values of the home
 * (certificates, other devices, images) has some that every device refuses.
 */
export function ownPlan(keys: TargetKeys, now: UtcSeconds): Plan {
  const { kind } = keys.device
  const commands: PlannedCommand[] = []
  const leftOut: Difference[] = []
  for (const useCase of allUseCases().filter(({ devices }) => devices.includes(kind))) {
    const { name } = useCase
    const from = replacedBy(useCase) ?? useCase.from.find((role) => partyOf(keys, role)) ?? useCase.from[0]
    const [protection] = from ? acceptedProtections(useCase, from, kind) : []
    const request = from && requestOf(useCase, from, now)
    const values = request ? { scenario: name, request } : refusalOf(useCase, keys)
    const row = { scenario: name, useCase: name }
    if (!from || !protection) leftOut.push({ ...row, reason: 'comes from another device, not from a party' })
    else if (!values) leftOut.push({ ...row, reason: reasons[name] ?? HOME })
    else
      commands.push({
        ...{ name, useCase, from, protection, ...values },
        ...(name in topUps && { topUp: { token: amount } }),
      })
  }
  return { commands, leftOut }
}

const HOME = 'its values are of the home: only a reference set has it'
const reasons: Readonly<Record<string, string>> = {
  CS02b_anyByContingency: 'it is signed with the contingency key, which nobody holds until it is published',
}

type Request = (context: RequestContext) => CommandRequest

function requestOf(useCase: UseCase, from: RemotePartyRole, now: UtcSeconds): Request | undefined {
  const topUp = topUps[useCase.name]
  if (topUp) return ({ target, utrn = '' }) => topUp(target, latin1(utrn))
  if (useCase.name === 'ECS70') return ({ target }) => setClock(target, now)
  if (useCase.payload === 'cosem')
    return ({ target }) => cosemCommand(useCase, target, { range: { from: 0, to: now + DAY_S }, instead: activatedNow })
  if (useCase.payload === 'gbz') return ({ target }) => gbzCommand(useCase, target)
  const value = asn1Values[useCase.name]?.(from, now)
  return value === undefined ? undefined : ({ target: to }) => (useCase as Asn1UseCase).command({ to, value })
}

/** An octet-string of 12 that is set is a time of activation: at once. facts 3.2. */
const NOW = fromHex('0000000000000000008000ff')
const activatedNow = (initial: unknown): unknown =>
  initial instanceof Uint8Array && initial.length === NOW.length ? NOW : initial

/** The method that GBCS prescribes: the clock is set if it is within an hour of ours. facts 5.11. */
const setClock = (to: Eui64, now: UtcSeconds): CommandRequest =>
  ECS70.command({
    to,
    clockClockBase: 5,
    clockPresetAdjustingTime: {
      preset: fromHex('ffffffffffffffffff8000ff'),
      validityStart: encodeDateTime(now - HOUR_S),
      validityEnd: encodeDateTime(now + HOUR_S),
    },
  })

const topUps: Readonly<Record<string, (to: Eui64, token: Uint8Array) => CommandRequest>> = {
  CS01a: (to, token) => CS01a.command({ to, tokenGateway: token }),
  CS01b: (to, token) =>
    CS01b.command({ to, parts: [{ item: 'consumerTopUp', fields: { originatingDevice: 0, topUpCode: token } }] }),
}

const details = (from: RemotePartyRole) => ({
  authorisingRemotePartyTACell: { role: remotePartyRole[from], keyUsage: 'digitalSignature', cellUsage: 0 },
  rolesRequired: Object.values(remotePartyRole),
})

/** Values of the commands whose payload is an ASN.1 structure, as far as they are the same for every device. */
const asn1Values: Readonly<Record<string, (from: RemotePartyRole, now: UtcSeconds) => unknown>> = {
  CS02a: details,
  CS02f: details,
  CS02c: () => ({ keyUsage: 'keyAgreement' }),
  CS02e: () => ({ keyUsage: 'digitalSignature' }),
  CS07: () => null,
  CS08: () => null,
  GCS28: (_, now) => ({
    validityIntervalStart: toGeneralizedTime(now - HOUR_S),
    validityIntervalEnd: toGeneralizedTime(now + HOUR_S),
  }),
}
