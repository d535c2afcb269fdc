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
  type OpenSealed,
  openSensitive,
  type Payload,
  sealedParts,
} from '@smets2-sim/gbcs'
import { loadReferenceSet, type ReferenceSet } from './reference-set.js'

export type MessageCheck = 'decode' | 'roundTrip' | 'signature' | 'mac' | 'protected'
/** A check that failed. */
export interface MessageFailure {
  readonly file: string
  readonly check: MessageCheck
  readonly reason: string
}

/** What a reference set says about the codec and the cryptography. Everything is right when there is no failure. */
export interface MessageReport {
  readonly total: number
  /** Messages that come back octet for octet from their decoded envelope and their typed payload. */
  readonly roundTrip: number
  readonly signatures: { readonly checked: number; readonly valid: number }
  /** Of the messages with a MAC, those whose secret the set holds. */
  readonly macs: { readonly checked: number; readonly valid: number }
  /** Encrypted parts of responses and alerts; opened are those whose plaintext has typed values that give it back. */
  readonly protected: { readonly found: number; readonly opened: number }
  readonly failures: readonly MessageFailure[]
}

/**
 * Checks every message of a folder in the form of the reference set.
 * @throws GbcsError when the folder is not in that form
 */
export const checkMessages = (directory: string, provider: CryptoProvider): MessageReport =>
  checkReferenceSet(loadReferenceSet(directory), provider)

/** The same for a set that is loaded. */
export function checkReferenceSet(set: ReferenceSet, provider: CryptoProvider): MessageReport {
  const report = {
    total: set.messages.length,
    roundTrip: 0,
    signatures: { checked: 0, valid: 0 },
    macs: { checked: 0, valid: 0 },
    protected: { found: 0, opened: 0 },
    failures: [] as MessageFailure[],
  }
  for (const row of set.messages) {
    const fail = (check: MessageCheck, reason: string): number =>
      report.failures.push({ file: row.file, check, reason })
    const message = guarded(
      () => decodeMessage(row.bytes),
      (reason) => fail('decode', reason),
    )
    const payload =
      message &&
      guarded(
        () => decodePayload(message),
        (reason) => fail('decode', reason),
      )
    if (!message || !payload) continue

    const again = guarded(
      () => encodeMessage({ ...message, content: encodePayload(payload) }),
      (reason) => fail('roundTrip', reason),
    )
    if (again && equalBytes(again, row.bytes)) report.roundTrip++
    else if (again) fail('roundTrip', 'the typed message encodes to other octets')

    if (message.signature) {
      report.signatures.checked++
      const wrong = signatureFault(set, provider, message)
      if (wrong === undefined) report.signatures.valid++
      else fail('signature', wrong)
    } else if (row.signed) fail('signature', 'the index says that the message is signed')

    const secret = message.mac && row.macBetween ? set.secret(...row.macBetween) : undefined
    if (secret) {
      report.macs.checked++
      if (macIsValid(provider, secret, message)) report.macs.valid++
      else fail('mac', `the MAC is not of the secret between ${row.macBetween?.join(' and ')}`)
    } else if (row.macBetween) fail('mac', message.mac ? 'the set has no such secret' : 'the message has no MAC')

    for (const fault of protectedFaults(set, provider, message, payload)) {
      report.protected.found++
      if (fault === undefined) report.protected.opened++
      else fail('protected', fault)
    }
  }
  return report
}

function guarded<T>(action: () => T, fail: (reason: string) => void): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    fail(error.message)
    return undefined
  }
}

function signatureFault(set: ReferenceSet, provider: CryptoProvider, message: DecodedMessage): string | undefined {
  const key = set.publicKey(message.originator, 'ds')
  if (!key) return `no certificate of ${message.originator}`
  const valid = provider.verify(key, message.signedOctets, message.signature as Uint8Array)
  return valid ? undefined : `the signature is not by ${message.originator}`
}

/** Opens the encrypted parts of a response or alert of the set with the secret that it holds. */
export function openerOf(set: ReferenceSet, provider: CryptoProvider, message: DecodedMessage): OpenSealed {
  const context = {
    device: message.originator,
    recipient: encryptionRecipient(message),
    counter: encryptionCounter(message),
  }
  const secret = set.secret(context.device, context.recipient)
  return (sealed) => secret && openSensitive(provider, secret, context, sealed)
}

/** For each encrypted part what is wrong with it, or undefined. */
function protectedFaults(
  set: ReferenceSet,
  provider: CryptoProvider,
  message: DecodedMessage,
  payload: Payload,
): (string | undefined)[] {
  const open = openerOf(set, provider, message)
  return sealedParts(payload).map(({ sealed, retype }) => {
    const plaintext = open(sealed)
    if (!plaintext) return `no secret of ${message.originator} and ${encryptionRecipient(message)} opens it`
    let fault: string | undefined
    const again = guarded(
      () => retype(plaintext),
      (reason) => (fault = reason),
    )
    if (!again) return fault ?? 'the plaintext holds a value without a type'
    return equalBytes(again, plaintext) ? undefined : 'the typed plaintext encodes to other octets'
  })
}
