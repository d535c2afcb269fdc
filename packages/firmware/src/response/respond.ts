import { encodeDateTime } from '@smets2-sim/cosem'
import type { Eui64 } from '@smets2-sim/bytes'
import { encodeMessage, groupedOctetsOf, type MessageBody, messageMac, signedOctetsOf, withMac } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import type { PayloadResult } from '../execution.js'
import type { Admitted } from '../gate/gate.js'
import { responseIsSigned } from '../gate/protection.js'
import { peerKey } from '../credentials/device-log.js'

/** The response to a command: same message code and counter, the parties swapped, protected as facts 1.10 says. */
export function respond(
  device: Device,
  admitted: Admitted,
  result: PayloadResult & { kind: 'done' },
  ownCounter: bigint | undefined,
): Uint8Array {
  const { message, useCase, protection, unknownParty } = admitted
  const body: MessageBody = {
    kind: 'response',
    originatorCounter: message.originatorCounter,
    originator: device.id,
    target: message.originator,
    ...(useCase.timed && { dateTime: encodeDateTime(result.time ?? device.now, result.clockStatus ?? 0xff) }),
    otherInformation: {
      messageCode: message.otherInformation.messageCode,
      ...(unknownParty && {
        supplementaryRemotePartyId: unknownParty.id,
        supplementaryRemotePartyCounter: unknownParty.counter,
      }),
      ...(ownCounter !== undefined && { supplementaryOriginatorCounter: ownCounter }),
    },
    content: result.content,
  }
  return responseIsSigned(useCase, protection)
    ? signed(device, body)
    : macked(device, body, message.originator, recipientKey(device, admitted))
}

/** Signs with the device's own key. */
export const signed = (device: Device, body: MessageBody): Uint8Array =>
  encodeMessage({ ...body, signature: device.ports.keys.sign(signedOctetsOf(body)) })

/** Puts a MAC for the recipient around it. */
export function macked(device: Device, body: MessageBody, id: Eui64, publicKey: Uint8Array): Uint8Array {
  const z = device.ports.keys.agree({ id, usage: 'keyAgreement', publicKey })
  const grouped = groupedOctetsOf(signedOctetsOf(body))
  return withMac(grouped, messageMac(device.ports.crypto, z, body, grouped))
}

/** Key agreement key of the originator; the gate has seen that its role may send the use case. */
function recipientKey(device: Device, { message, role }: Admitted): Uint8Array {
  const key =
    role === 'device'
      ? peerKey(device, message.originator)
      : device.anchors.keyOf(message.originator, role, 'keyAgreement')?.publicKey
  return key ?? new Uint8Array(0)
}
