import type { Eui64 } from '@smets2-sim/bytes'
import type { KeyStore } from '@smets2-sim/crypto'
import {
  type CommandRequest,
  groupedOctetsOf,
  type MessageContext,
  type RemotePartyRole,
  signedOctetsOf,
} from '@smets2-sim/gbcs'
import type { AccessControlBroker } from './access-control-broker.js'
import type { KnownDevice } from './inventory.js'
import { commandBody, type Sender } from './precommand.js'
import { type CommandProtection, protectionOf } from './protection.js'

/** A command on its way, with all that its response is verified and read with. */
export interface OutgoingCommand<V = unknown> {
  readonly request: CommandRequest<V>
  /** The whole message. */
  readonly octets: Uint8Array
  /** Identities and counter that the payload was made with. */
  readonly context: MessageContext
  readonly originator: Eui64
  readonly originatorCounter: bigint
  readonly protection: CommandProtection
}

/** Who protects a command. */
export interface Signer {
  readonly role: RemotePartyRole
  readonly keys: KeyStore
  readonly broker: AccessControlBroker
}

/** A command as it leaves: signed by its originator where that is due, then given to the broker for the MAC. facts 1.10. */
export function outgoing<V>(
  request: CommandRequest<V>,
  sender: Sender,
  device: KnownDevice,
  { role, keys, broker }: Signer,
): OutgoingCommand<V> {
  const protection = protectionOf(request.useCase, role, device.kind)
  const body = commandBody(request, sender)
  const signed = signedOctetsOf(body)
  const grouped = groupedOctetsOf(signed, protection === 'mac' ? undefined : keys.sign(signed))
  const { originator, originatorCounter, supplementary } = sender
  return {
    request,
    octets: protection === 'signature' ? grouped : broker.protect(grouped),
    context: {
      originatorCounter,
      originator: supplementary?.supplementaryRemotePartyId ?? originator,
      target: device.id,
    },
    originator,
    originatorCounter,
    protection,
  }
}
