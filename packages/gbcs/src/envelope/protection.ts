import { concat, type Eui64, eui64Bytes, Writer } from '@smets2-sim/bytes'
import { type CryptoProvider, deriveKey, equalConstantTime, gmac } from '@smets2-sim/crypto'
import { craFlag, type MessageBody, type MessageKind } from './message.js'
import { ENCRYPTION_PURPOSE } from '../cosem/protected-attributes.js'

/** The purpose octet in front of the counter in the key derivation: the CRA flag for a MAC, 04 for encryption. facts 1.8. */
const transaction = (purpose: number, counter: bigint): Uint8Array => new Writer(9).u8(purpose).u64(counter).done()

interface Header {
  readonly kind: MessageKind
  readonly originatorCounter: bigint
  readonly originator: Eui64
  readonly target: Eui64
}

/** Security control byte and the five empty fields of the MAC header, which the MAC covers first. facts 1.7. */
const MAC_PREFIX = Uint8Array.of(0x11, 0, 0, 0, 0, 0)
const MAC_OCTETS = 12

/** The 12-octet MAC of a message. `z` is the secret shared by the two parties of facts 1.8. */
export function messageMac(p: CryptoProvider, z: Uint8Array, header: Header, groupedOctets: Uint8Array): Uint8Array {
  const key = deriveKey(p, z, {
    originator: header.originator,
    recipient: header.target,
    transaction: transaction(craFlag(header.kind), header.originatorCounter),
  })
  return gmac(p, key, header.originator, concat(MAC_PREFIX, groupedOctets)).subarray(0, MAC_OCTETS)
}

/** Whether the MAC is right; compared in constant time. */
export const macIsValid = (
  p: CryptoProvider,
  z: Uint8Array,
  message: Header & { mac?: Uint8Array; groupedOctets: Uint8Array },
): boolean =>
  message.mac !== undefined && equalConstantTime(messageMac(p, z, message, message.groupedOctets), message.mac)

/** Security control byte of encrypted parts: authentication and encryption. It is all that their tag covers besides. facts 1.9. */
const ENCRYPTED = 0x31
const SEALED_HEADER = Uint8Array.of(ENCRYPTED, 0, 0, 0, 0)
const SEALED_AAD = Uint8Array.of(ENCRYPTED)
const TAG_OCTETS = 12

/** Who encrypts for whom under which counter. */
export interface EncryptionContext {
  readonly device: Eui64
  readonly recipient: Eui64
  readonly counter: bigint
}

function encryptionKey(p: CryptoProvider, z: Uint8Array, context: EncryptionContext): Uint8Array {
  return deriveKey(p, z, {
    originator: context.device,
    recipient: context.recipient,
    transaction: transaction(ENCRYPTION_PURPOSE, context.counter),
  })
}
const ivOf = (device: Eui64): Uint8Array => concat(eui64Bytes(device), new Uint8Array(4))

/** `31 00000000 || ciphertext || 12-octet tag` of a sensitive value in a response or an alert. */
export function sealSensitive(
  p: CryptoProvider,
  z: Uint8Array,
  context: EncryptionContext,
  plaintext: Uint8Array,
): Uint8Array {
  const sealed = p.seal(encryptionKey(p, z, context), ivOf(context.device), SEALED_AAD, plaintext)
  return concat(SEALED_HEADER, sealed.subarray(0, plaintext.length + TAG_OCTETS))
}

/** The plaintext, or undefined when header or tag are wrong. */
export function openSensitive(
  p: CryptoProvider,
  z: Uint8Array,
  context: EncryptionContext,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < SEALED_HEADER.length + TAG_OCTETS || SEALED_HEADER.some((octet, i) => octet !== sealed[i]))
    return undefined
  const split = sealed.length - TAG_OCTETS
  return p.open(
    encryptionKey(p, z, context),
    ivOf(context.device),
    SEALED_AAD,
    sealed.subarray(SEALED_HEADER.length, split),
    sealed.subarray(split),
  )
}

/** The counter under which a response or alert encrypts. facts 1.8: the supplementary originator counter where there is one. */
export const encryptionCounter = (body: Pick<MessageBody, 'originatorCounter' | 'otherInformation'>): bigint =>
  body.otherInformation.supplementaryOriginatorCounter ?? body.originatorCounter

/** For whom a response or alert encrypts: the supplementary remote party where there is one. */
export const encryptionRecipient = (body: Pick<MessageBody, 'target' | 'otherInformation'>): Eui64 =>
  body.otherInformation.supplementaryRemotePartyId ?? body.target
