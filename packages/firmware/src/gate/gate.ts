import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { type CryptoProvider, type KeyStore, parseCertificate } from '@smets2-sim/crypto'
import {
  type DecodedMessage,
  decodeMessage,
  type DeviceKind,
  macIsValid,
  type RemotePartyRole,
  type UseCaseHead,
} from '@smets2-sim/gbcs'
import type { TrustAnchors } from '../credentials/trust-anchors.js'
import { type Counters, sequenceOf } from '../state/counters.js'
import type { DiscardReason } from './outcome.js'
import { acceptedProtections, type Protection } from './protection.js'

/** What the gate looks at. */
export interface GateContext {
  readonly id: Eui64
  readonly kind: DeviceKind
  readonly crypto: CryptoProvider
  readonly keys: KeyStore
  readonly anchors: TrustAnchors
  readonly counters: Counters
  /** The use case of a message code that this device executes. */
  useCase(code: number): UseCaseHead | undefined
  /** Key agreement key of a device in the device log (PPMID to gas meter). */
  peerKey?(id: Eui64): Uint8Array | undefined
  /** The contingency key that the payload of an order unlocks. facts 7.4. */
  contingencyKey?(content: Uint8Array): Uint8Array | undefined
}

/** The party for whom the access control broker asks, when it is not known to the device. facts 1.4. */
export interface UnknownParty {
  readonly id: Eui64
  readonly counter: bigint
  /** Present when the answer is to be encrypted. */
  readonly publicKey?: Uint8Array
}

/** A command that may be executed. */
export interface Admitted {
  readonly kind: 'admitted'
  readonly message: DecodedMessage
  readonly useCase: UseCaseHead
  /** `device` for a prepayment display that speaks to its gas meter. */
  readonly role: RemotePartyRole | 'device'
  readonly protection: Protection
  readonly unknownParty?: UnknownParty
}
export interface Discarded {
  readonly kind: 'discarded'
  readonly reason: DiscardReason
  readonly detail: string
  readonly useCase?: string
  /** Who claims to have sent it; its role when it is known to the device. */
  readonly originator?: Eui64
  readonly role?: RemotePartyRole
}

/**
 * Everything that must be true of a message before its payload is looked at, cheapest first. The order of GBCS
 * 6.2.4 is not public; this one is reconstructed (facts 2.1), and MAC before signature is our decision.
 */
export function admit(bytes: Uint8Array, context: GateContext): Admitted | Discarded {
  let message: DecodedMessage
  try {
    message = decodeMessage(bytes)
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    return { kind: 'discarded', reason: 'malformed', detail: error.message }
  }
  const { messageCode } = message.otherInformation
  const useCase = context.useCase(messageCode)
  const refuse = (reason: DiscardReason, detail: string, role?: RemotePartyRole): Discarded => ({
    kind: 'discarded',
    reason,
    detail,
    originator: message.originator,
    ...(useCase && { useCase: useCase.name }),
    ...(role && { role }),
  })

  if (message.preCommand) return refuse('malformed', 'a pre-command is not a command')
  if (message.kind !== 'command') return refuse('notACommand', `a message of kind ${message.kind}`)
  if (message.target !== context.id) return refuse('notForThisDevice', `for ${message.target}, this is ${context.id}`)
  if (!useCase) return refuse('unknownMessageCode', `message code ${messageCode.toString(16).padStart(4, '0')}`)
  if (message.dateTime) return refuse('malformed', 'a command carries no date-time')

  const sender = senderOf(message, useCase, context)
  if (sender.kind === 'discarded') return refuse(sender.reason, sender.detail, sender.role)
  const { role } = sender

  const supplementary = unknownPartyOf(message, role)
  if (supplementary.kind === 'bad') return refuse('badSupplementary', supplementary.detail, roleOf(role))

  const protection = protectionOf(message)
  const accepted = role === 'device' ? ['mac'] : acceptedProtections(useCase, role, context.kind)
  if (!protection || !accepted.includes(protection))
    return refuse('wrongProtection', `${protection ?? 'none'}, expected ${accepted.join(' or ')}`, roleOf(role))

  if (useCase.replayProtected && role !== 'device') {
    const sequence = sequenceOf(useCase, role)
    if (!context.counters.isFresh(sequence, message.originatorCounter))
      return refuse(
        'replayed',
        `counter ${message.originatorCounter} is not above ${context.counters.current(sequence)}`,
        role,
      )
  }

  if (protection !== 'signature' && !hasValidMac(message, role, context))
    return refuse('badMac', 'the MAC is not authentic', roleOf(role))
  if (protection !== 'mac' && !hasValidSignature(message, useCase, role, context))
    return refuse('badSignature', 'the signature is not authentic', roleOf(role))

  return {
    kind: 'admitted',
    message,
    useCase,
    role,
    protection,
    ...(supplementary.party && { unknownParty: supplementary.party }),
  }
}

const roleOf = (role: RemotePartyRole | 'device'): RemotePartyRole | undefined => (role === 'device' ? undefined : role)

type Sender =
  | { kind: 'sender'; role: RemotePartyRole | 'device' }
  | { kind: 'discarded'; reason: DiscardReason; detail: string; role?: RemotePartyRole }

/** In which role the originator may send this use case. */
function senderOf(message: DecodedMessage, useCase: UseCaseHead, context: GateContext): Sender {
  if (useCase.category === 'SME.C.PPMID-GSME')
    return context.peerKey?.(message.originator)
      ? { kind: 'sender', role: 'device' }
      : { kind: 'discarded', reason: 'unknownOriginator', detail: `${message.originator} is not in the device log` }
  const known = context.anchors.rolesOf(message.originator)
  const role = useCase.from.find((candidate) => known.includes(candidate))
  if (role) return { kind: 'sender', role }
  if (known[0])
    return {
      kind: 'discarded',
      reason: 'notAuthorised',
      detail: `${known.join(', ')} may not send ${useCase.name}`,
      role: known[0],
    }
  return { kind: 'discarded', reason: 'unknownOriginator', detail: `${message.originator} is in no trust anchor cell` }
}

type Supplementary = { kind: 'ok'; party?: UnknownParty } | { kind: 'bad'; detail: string }

/** Only the access control broker speaks for others. facts 1.4, 2.1 step 4. */
function unknownPartyOf(message: DecodedMessage, role: RemotePartyRole | 'device'): Supplementary {
  const info = message.otherInformation
  const id = info.supplementaryRemotePartyId
  if (id === undefined) return { kind: 'ok' }
  if (role !== 'accessControlBroker')
    return { kind: 'bad', detail: 'supplementary fields from another than the access control broker' }
  if (info.supplementaryRemotePartyCounter === undefined || info.supplementaryOriginatorCounter !== undefined)
    return { kind: 'bad', detail: 'supplementary fields of a length that a command does not have' }
  const party = { id, counter: info.supplementaryRemotePartyCounter }
  if (!info.supplementaryCertificate) return { kind: 'ok', party }
  try {
    const certificate = parseCertificate(info.supplementaryCertificate)
    if (certificate.entityId !== id || !certificate.keyUsage.includes('keyAgreement'))
      return {
        kind: 'bad',
        detail: 'the certificate is not a key agreement certificate of the supplementary remote party',
      }
    return { kind: 'ok', party: { ...party, publicKey: certificate.publicKey } }
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    return { kind: 'bad', detail: error.message }
  }
}

function protectionOf(message: DecodedMessage): Protection | undefined {
  if (message.mac) return message.signature ? 'signatureAndMac' : 'mac'
  return message.signature ? 'signature' : undefined
}

/** The MAC of a command is made by the access control broker, whoever the originator is. facts 1.8. */
function hasValidMac(message: DecodedMessage, role: RemotePartyRole | 'device', context: GateContext): boolean {
  const peer =
    role === 'device'
      ? { id: message.originator, publicKey: context.peerKey?.(message.originator) }
      : {
          id: context.anchors.get('accessControlBroker', 'keyAgreement')?.entityId,
          publicKey: context.anchors.get('accessControlBroker', 'keyAgreement')?.publicKey,
        }
  if (!peer.id || !peer.publicKey) return false
  const z = agreeOrNothing(context.keys, { id: peer.id, publicKey: peer.publicKey })
  return z !== undefined && macIsValid(context.crypto, z, message)
}

function agreeOrNothing(keys: KeyStore, peer: { id: Eui64; publicKey: Uint8Array }): Uint8Array | undefined {
  try {
    return keys.agree({ ...peer, usage: 'keyAgreement' })
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

function hasValidSignature(
  message: DecodedMessage,
  useCase: UseCaseHead,
  role: RemotePartyRole | 'device',
  context: GateContext,
): boolean {
  if (role === 'device' || !message.signature) return false
  const key = useCase.signedByContingencyKey
    ? context.contingencyKey?.(message.content)
    : context.anchors.keyOf(message.originator, role, 'digitalSignature')?.publicKey
  return key !== undefined && context.crypto.verify(key, message.signedOctets, message.signature)
}
