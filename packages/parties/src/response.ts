import { type CryptoProvider, type KeyStore } from '@smets2-sim/crypto'
import { decodeDateTime } from '@smets2-sim/cosem'
import {
  type DecodedMessage,
  encryptionCounter,
  encryptionRecipient,
  macIsValid,
  openSensitive,
  type OpenSealed,
  type ResponseReading,
} from '@smets2-sim/gbcs'
import { ResponseNotAuthentic } from './errors.js'
import type { KnownDevice } from './inventory.js'
import type { OutgoingCommand } from './outgoing.js'
import { responseIsSigned } from './protection.js'
import { isAnswerTo, tryDecode } from './wan.js'

/** An authentic response: its items in order, its values by name, and the message that carried them. */
export interface Response<V = unknown> extends ResponseReading<V> {
  readonly message: DecodedMessage
  /** The device's time, where the response carries it, and how far it is to be trusted (facts 1.3). */
  readonly time?: { readonly time: number; readonly clockStatus: number }
}

/** Whose keys a response is checked and opened with. */
export interface ReadingKeys {
  readonly crypto: CryptoProvider
  readonly device: KnownDevice
  /** Of the originator of the command. */
  readonly originator: KeyStore
  /** Of the party that reads the sensitive parts: another where the broker asked in its name. */
  readonly reader: KeyStore
}

/**
 * Verifies that a message is the answer of the device to the command, and reads it.
 * @throws ResponseNotAuthentic; GbcsError for a payload that does not fit the use case
 */
export function readResponse<V>(command: OutgoingCommand<V>, octets: Uint8Array, keys: ReadingKeys): Response<V> {
  const message = verified(command, octets, keys)
  const time = message.dateTime && decodeDateTime(message.dateTime)
  return {
    ...command.request.read(message.content, command.context, openerOf(message, keys)),
    message,
    ...(time && { time }),
  }
}

function verified(command: OutgoingCommand, octets: Uint8Array, keys: ReadingKeys): DecodedMessage {
  const message = tryDecode(octets)
  if (!message) throw new ResponseNotAuthentic('malformed', 'the octets are no message')
  const { useCase, target } = command.request
  const { originator, originatorCounter } = command
  const claims = isAnswerTo({ originator, originatorCounter, target }, message)
  if (!claims || message.otherInformation.messageCode !== useCase.code)
    throw new ResponseNotAuthentic('notAnAnswer', `not the answer to ${useCase.name} with counter ${originatorCounter}`)
  const signed = responseIsSigned(useCase, command.protection)
  if (signed !== (message.signature !== undefined) || signed === (message.mac !== undefined))
    throw new ResponseNotAuthentic('wrongProtection', `expected a ${signed ? 'signature' : 'MAC'} alone`)
  if (signed ? !isSigned(message, keys) : !hasMac(message, keys))
    throw new ResponseNotAuthentic(
      signed ? 'badSignature' : 'badMac',
      `not made by ${keys.device.kind} ${keys.device.id}`,
    )
  return message
}

export const isSigned = (
  message: DecodedMessage,
  { crypto, device }: Pick<ReadingKeys, 'crypto' | 'device'>,
): boolean =>
  message.signature !== undefined && crypto.verify(device.digitalSignature, message.signedOctets, message.signature)

export const hasMac = (message: DecodedMessage, { crypto, device, originator }: Omit<ReadingKeys, 'reader'>): boolean =>
  macIsValid(
    crypto,
    originator.agree({ id: device.id, usage: 'keyAgreement', publicKey: device.keyAgreement }),
    message,
  )

/** Opens what a device has sealed in a message for the holder of the reader's keys. facts 1.8, 1.9. */
export const openerOf =
  (message: DecodedMessage, { crypto, device, reader }: Omit<ReadingKeys, 'originator'>): OpenSealed =>
  (sealed) =>
    openSensitive(
      crypto,
      reader.agree({ id: device.id, usage: 'keyAgreement', publicKey: device.keyAgreement }),
      { device: device.id, recipient: encryptionRecipient(message), counter: encryptionCounter(message) },
      sealed,
    )
