import { GbcsError } from '@smets2-sim/bytes'
import { decodeMessage, messageMac, withMac } from '@smets2-sim/gbcs'
import { outgoing, type OutgoingCommand } from './outgoing.js'
import { type FarEndContext, RemoteParty, type Request, type SendOptions } from './remote-party.js'
import type { Response } from './response.js'
import type { Identity } from './smki/index.js'

/**
 * The access control broker. It makes the MAC of every party's command, which only it can make (facts 1.8), asks in the
 * name of parties that a device does not know, and sends commands of its own.
 */
export class AccessControlBroker extends RemoteParty {
  constructor(identity: Identity, context: FarEndContext, firstCounter: bigint) {
    super('accessControlBroker', identity, context, firstCounter)
  }

  /**
   * The command with its MAC, from the octets of the grouping header up to the signature or its absence.
   * @throws GbcsError `unknownKey` for a party or device that is not known, `cryptoFailure` for a signature that is
   * not the originator's: such a command does not leave
   */
  protect(grouped: Uint8Array): Uint8Array {
    const { crypto, inventory } = this.context
    const message = decodeMessage(grouped)
    const party = inventory.party(message.originator)
    const device = inventory.device(message.target)
    if (message.signature && !crypto.verify(party.digitalSignature, message.signedOctets, message.signature))
      throw new GbcsError('cryptoFailure', `the signature is not that of ${party.role} ${party.id}`)
    const z = this.keys.agree({ id: device.id, usage: 'keyAgreement', publicKey: device.keyAgreement })
    return withMac(grouped, messageMac(crypto, z, message, grouped))
  }

  /**
   * A command in the name of a party whose credentials are not on the device. Where the answer is sensitive, that
   * party's certificate goes along for the device to encrypt for. facts 1.4.
   */
  buildFor<V>(
    party: RemoteParty,
    request: Request<V>,
    { originatorCounter = this.nextCounter() }: SendOptions = {},
  ): OutgoingCommand<V> {
    const { inventory } = this.context
    const typed = typeof request === 'function' ? request(originatorCounter) : request
    const certificate = typed.useCase.sensitive && {
      supplementaryCertificate: inventory.party(party.id).keyAgreementCertificate,
    }
    const sender = {
      originator: this.id,
      originatorCounter,
      supplementary: {
        supplementaryRemotePartyId: party.id,
        supplementaryRemotePartyCounter: party.nextCounter(),
        ...certificate,
      },
    }
    return outgoing(typed, sender, inventory.device(typed.target), { role: this.role, keys: this.keys, broker: this })
  }

  /**
   * Sends such a command: the broker verifies the response, the party opens what is sealed for it.
   * @throws CommandRefused, CommandTimedOut, ResponseNotAuthentic
   */
  async sendFor<V>(party: RemoteParty, request: Request<V>, options: SendOptions = {}): Promise<Response<V>> {
    const command = this.buildFor(party, request, options)
    return this.read(command, await this.exchange(command, options), party.keys)
  }
}
