import { type Eui64, eui64 } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import {
  decodeMessage,
  type DecodedMessage,
  encodeMessage,
  encryptionTransactionId,
  groupedOctetsOf,
  type MessageBody,
  messageMac,
  sealSensitive,
  signedOctetsOf,
  withMac,
} from '@smets2-sim/gbcs'
import { FarEnd, identityKeyStore, testSmki, type WanAnswer } from './index.js'

export const smki = testSmki({ seed: 3 })
export const deviceId = eui64('0253494d000000a0')
export const identity = smki.device(deviceId)
export const keys = identityKeyStore(native, identity)

/** The body of a response to a command. */
export const responseTo = (
  command: DecodedMessage,
  content: Uint8Array,
  change: Partial<MessageBody> = {},
): MessageBody => ({
  kind: 'response',
  originatorCounter: command.originatorCounter,
  originator: command.target,
  target: command.originator,
  otherInformation: { messageCode: command.otherInformation.messageCode },
  content,
  ...change,
})
export const signed = (body: MessageBody, by = keys): Uint8Array =>
  encodeMessage({ ...body, signature: by.sign(signedOctetsOf(body)) })

/** A far end whose network hands commands to a function: a device that can be made to lie. */
export function farEndWith(answer: (command: DecodedMessage) => Uint8Array | WanAnswer) {
  const sent: Uint8Array[] = []
  const farEnd = new FarEnd({
    smki,
    firstCounter: 1000n,
    wan: {
      exchange(octets) {
        sent.push(octets)
        const found = answer(decodeMessage(octets))
        return Promise.resolve(found instanceof Uint8Array ? { kind: 'response', message: found } : found)
      },
    },
  })
  farEnd.inventory.addDevice('esme', identity)
  const publicKeyOf = (id: Eui64): Uint8Array => farEnd.inventory.party(id).keyAgreement
  const secretWith = (id: Eui64): Uint8Array => keys.agree({ id, usage: 'keyAgreement', publicKey: publicKeyOf(id) })
  return {
    farEnd,
    sent,
    /** With the MAC that the device would make for the target. */
    macked(body: MessageBody, forWhom = body.target): Uint8Array {
      const grouped = groupedOctetsOf(signedOctetsOf(body))
      return withMac(grouped, messageMac(native, secretWith(forWhom), body, grouped))
    },
    /** Encrypted for a party under a counter. */
    sealed: (recipient: Eui64, counter: bigint, plaintext: Uint8Array) => ({
      octets: sealSensitive(native, secretWith(recipient), { device: deviceId, recipient, counter }, plaintext),
      transactionId: encryptionTransactionId(counter),
    }),
  }
}
