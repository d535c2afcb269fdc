import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'
import {
  type DecodedMessage,
  decodeMessage,
  decodePayload,
  encodeMessage,
  encodePayload,
  encryptionCounter,
  encryptionRecipient,
  macIsValid,
  openSensitive,
  sealedParts,
} from '@smets2-sim/gbcs'
import type { TargetKeys } from './keys.js'

/** An encrypted part of a message: its octets in the content, and what is inside. */
export interface Sealed {
  readonly from: number
  readonly to: number
  /** Undefined when it is not authentic, or its key is not known. */
  readonly plaintext: Uint8Array | undefined
}

/** What can be said of a message of the device by itself. */
export interface Inspection {
  readonly message?: DecodedMessage
  /** Whether the typed message gives the same octets again. */
  readonly roundTrip: boolean
  readonly signature?: 'valid' | 'wrong'
  readonly mac?: 'valid' | 'wrong'
  readonly sealed: readonly Sealed[]
  /** What is wrong with it. */
  readonly faults: readonly string[]
}

/** Decodes a message of the device, checks its signature or MAC, and opens what is encrypted. */
export class Inspector {
  readonly #keys: TargetKeys
  readonly #p: CryptoProvider
  constructor(keys: TargetKeys, p: CryptoProvider) {
    this.#keys = keys
    this.#p = p
  }

  inspect(bytes: Uint8Array): Inspection {
    const faults: string[] = []
    let message: DecodedMessage
    try {
      message = decodeMessage(bytes)
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
      return { roundTrip: false, sealed: [], faults: [`it is no message: ${error.message}`] }
    }
    const signature = message.signature && (this.#isSigned(message) ? 'valid' : 'wrong')
    const mac = message.mac && (this.#hasMac(message) ? 'valid' : 'wrong')
    if (signature === 'wrong') faults.push('the signature does not verify under the key of the device')
    if (mac === 'wrong') faults.push(`the MAC is not authentic between the device and ${message.target}`)
    let roundTrip = false
    let sealed: Sealed[] = []
    try {
      const payload = decodePayload(message)
      roundTrip = equalBytes(encodeMessage({ ...message, content: encodePayload(payload) }), bytes)
      if (!roundTrip) faults.push('its values, encoded again, are other octets')
      sealed = this.#open(
        message,
        sealedParts(payload).map((part) => part.sealed),
      )
      for (const { from, plaintext } of sealed)
        if (!plaintext) faults.push(`the encrypted part at octet ${from} of the content does not open`)
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
      faults.push(`its payload is none of its use case: ${error.message}`)
    }
    return { message, roundTrip, sealed, faults, ...(signature && { signature }), ...(mac && { mac }) }
  }

  #isSigned({ signedOctets, signature }: DecodedMessage): boolean {
    const { publicKey } = this.#keys.device.keys.digitalSignature
    return signature !== undefined && this.#p.verify(publicKey, signedOctets, signature)
  }
  #hasMac(message: DecodedMessage): boolean {
    const z = this.#secret(message.target)
    return z !== undefined && macIsValid(this.#p, z, message)
  }
  #secret(id: string): Uint8Array | undefined {
    const key = this.#keys.parties.find((party) => party.id === id)?.keys.keyAgreement?.privateKey
    return key && this.#p.ecdh(key, this.#keys.device.keys.keyAgreement.publicKey)
  }
  #open(message: DecodedMessage, parts: readonly Uint8Array[]): Sealed[] {
    const recipient = encryptionRecipient(message)
    const z = this.#secret(recipient)
    const context = { device: message.originator, recipient, counter: encryptionCounter(message) }
    let from = 0
    return parts.map((sealed) => {
      const at = indexOf(message.content, sealed, from)
      from = at + sealed.length
      return { from: at, to: from, plaintext: z && openSensitive(this.#p, z, context, sealed) }
    })
  }
}

/** Where some octets stand in others, from an offset on. */
function indexOf(octets: Uint8Array, part: Uint8Array, from: number): number {
  for (let at = from; at + part.length <= octets.length; at++)
    if (equalBytes(octets.subarray(at, at + part.length), part)) return at
  throw new GbcsError('invalidValue', 'an encrypted part does not stand in the content')
}
