import { GbcsError } from '@smets2-sim/bytes'
import type { Peer } from '@smets2-sim/crypto'
import { encryptionTransactionId, sealSensitive } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import type { Execution } from '../execution.js'
import type { Admitted } from '../gate/gate.js'

/** The party for whom sensitive values of this response are encrypted, and its key. facts 1.8, 1.9. */
function readerOf(device: Device, { message, role, unknownParty }: Admitted): Peer {
  if (unknownParty) {
    const publicKey = unknownParty.publicKey ?? knownKey(device, unknownParty.id)
    if (!publicKey) throw new GbcsError('unknownKey', 'no certificate of the supplementary remote party')
    return { id: unknownParty.id, usage: 'keyAgreement', publicKey }
  }
  const anchor = role === 'device' ? undefined : device.anchors.keyOf(message.originator, role, 'keyAgreement')
  if (!anchor) throw new GbcsError('unknownKey', `no key agreement key of ${message.originator}`)
  return { id: anchor.entityId, usage: 'keyAgreement', publicKey: anchor.publicKey }
}

/** A party for whom the broker asks without a certificate may be one that the device knows. facts 1.4; the GCS15d sample. */
const knownKey = ({ anchors }: Device, id: Peer['id']): Uint8Array | undefined =>
  anchors.rolesOf(id).flatMap((role) => anchors.keyOf(id, role, 'keyAgreement')?.publicKey ?? [])[0]

/**
 * Encrypts for the reader of a response. For a party that is unknown to the device the own originator counter is
 * used, once for the whole response; else the counter of the command. facts 1.4, 1.8.
 */
export function sealerFor(
  device: Device,
  admitted: Admitted,
): { seal: Execution['seal']; counterUsed: () => bigint | undefined } {
  let own: bigint | undefined
  return {
    seal(plaintext) {
      const { id, usage, publicKey } = readerOf(device, admitted)
      const z = device.ports.keys.agree({ id, usage, publicKey })
      const counter = admitted.unknownParty?.publicKey
        ? (own ??= device.counters.next())
        : admitted.message.originatorCounter
      return {
        octets: sealSensitive(device.ports.crypto, z, { device: device.id, recipient: id, counter }, plaintext),
        transactionId: encryptionTransactionId(counter),
      }
    },
    counterUsed: () => own,
  }
}
