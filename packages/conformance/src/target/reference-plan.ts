import { type Eui64, GbcsError, latin1, toLatin1 } from '@smets2-sim/bytes'
import { acceptedProtections, type Protection } from '@smets2-sim/firmware'
import {
  type Asn1UseCase,
  type CommandRequest,
  type CosemUseCase,
  type DecodedMessage,
  decodeUtrn,
  type DeviceKind,
  type GbzUseCase,
  type Ptut,
  type RemotePartyRole,
  roleName,
  type UseCase,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { kindsOf } from '../bench-device/kind.js'
import { loadReferenceSet } from '../messages/index.js'
import { type DecodedReference, type DecodedSet, decodeSet } from '../reference-set/decoded-set.js'
import { scenariosOf } from '../reference-set/scenarios.js'
import type { Difference } from '../report/result.js'
import type { Plan, PlannedCommand, RequestContext } from './planned.js'

/**
 * The commands of a reference set that a kind of device executes, each with the same payload items. Those that went
 * to another kind are in it when the use case has the same originator and protection for both.
 */
export function referencePlan(set: DecodedSet, kind: DeviceKind): Plan {
  const kinds = kindsOf(set)
  const roles = new Map(
    set.certificates.flatMap(({ certificate: { entityId, role } }) =>
      entityId && role !== undefined ? [[entityId, roleName(role)] as const] : [],
    ),
  )
  const commands: PlannedCommand[] = []
  const leftOut: Difference[] = []
  for (const { name: scenario, command } of scenariosOf(set)) {
    const useCase = command && useCaseByCode(command.message.otherInformation.messageCode)
    if (!command || !useCase?.devices.includes(kind)) continue
    const row = { scenario, useCase: command.useCase }
    try {
      const from = roles.get(command.message.originator)
      if (useCase.category === 'SME.C.PPMID-GSME' || !from)
        leftOut.push({ ...row, reason: 'comes from another device, not from a party' })
      else if (kinds.get(command.message.target) === kind || isAccepted(useCase, from, command.message, kind))
        commands.push(planned(scenario, useCase, from, command, roles))
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
      leftOut.push({ ...row, reason: error.message })
    }
  }
  return { commands, leftOut }
}

/** The same from the folder of a set. @throws GbcsError when it is none */
export const loadReferencePlan = (directory: string, kind: DeviceKind): Plan =>
  referencePlan(decodeSet(loadReferenceSet(directory)), kind)

const protectionOf = ({ signature, mac }: DecodedMessage): Protection =>
  mac ? (signature ? 'signatureAndMac' : 'mac') : 'signature'

const isAccepted = (useCase: UseCase, from: RemotePartyRole, message: DecodedMessage, kind: DeviceKind): boolean =>
  useCase.from.includes(from) && acceptedProtections(useCase, from, kind).includes(protectionOf(message))

function planned(
  scenario: string,
  useCase: UseCase,
  from: RemotePartyRole,
  { message, useCase: name }: DecodedReference,
  roles: ReadonlyMap<Eui64, RemotePartyRole | undefined>,
): PlannedCommand {
  const { supplementaryRemotePartyId: other, supplementaryCertificate } = message.otherInformation
  const token = tokenOf(useCase, message.content)
  return {
    scenario,
    useCase,
    name,
    from,
    protection: protectionOf(message),
    ...(other && { inNameOf: { role: roles.get(other), certified: supplementaryCertificate !== undefined } }),
    ...(tokenItems[useCase.name] !== undefined && { topUp: { ...(token && { token }) } }),
    request: (context) => requestLike(useCase, message, context),
  }
}

/** Names of the items that carry the digits of a token, by use case. */
const tokenItems: Readonly<Record<string, string>> = { CS01a: 'tokenGateway', CS01b: 'consumerTopUp' }

/** The same items with the same values, but for the counter and the token of the new message. */
function requestLike(useCase: UseCase, message: DecodedMessage, context: RequestContext): CommandRequest {
  const { target: to, originatorCounter, utrn } = context
  const token = utrn === undefined ? undefined : latin1(utrn)
  const carriesToken = (item: string): boolean => token !== undefined && item === tokenItems[useCase.name]
  switch (useCase.payload) {
    case 'cosem': {
      const parts = (useCase as CosemUseCase).parse(message.content)
      return (useCase as CosemUseCase).commandOf(
        to,
        parts.map((part) => (carriesToken(part.item) ? { ...part, value: token } : part)),
      )
    }
    case 'gbz': {
      const parts = (useCase as GbzUseCase).parse(message.content)
      return (useCase as GbzUseCase).command({
        to,
        parts: parts.map((part) =>
          carriesToken(part.item) ? { ...part, fields: { ...part.fields, topUpCode: token } } : part,
        ),
      })
    }
    case 'asn1': {
      const { value, form } = (useCase as Asn1UseCase).parse(message.content)
      const quoted = replaced(value, message.originatorCounter, originatorCounter) as unknown
      return (useCase as Asn1UseCase).command({ to, value: quoted, form })
    }
  }
}

/** A value in which every counter that is one is another. */
function replaced(value: unknown, one: bigint, other: bigint): unknown {
  if (value === one) return other
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map((item) => replaced(item, one, other))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, one, other)]))
}

/** The token in a top-up; undefined where the digits are none, which are sent as they are. */
function tokenOf(useCase: UseCase, content: Uint8Array): Ptut | undefined {
  const name = tokenItems[useCase.name]
  if (name === undefined) return undefined
  const value =
    useCase.payload === 'cosem'
      ? (useCase as CosemUseCase).parse(content).find(({ item }) => item === name)?.value
      : (useCase as GbzUseCase).parse(content).find(({ item }) => item === name)?.fields['topUpCode']
  try {
    return value instanceof Uint8Array ? decodeUtrn(toLatin1(value)) : undefined
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
