import { concat, type Eui64 } from '@smets2-sim/bytes'
import { type ApsCommand, encodeApsHeader } from '../frames/aps.js'
import { decodeTrustCentreCommand, encodeTrustCentreCommand } from '../frames/aps-command.js'
import type { Node } from '../node.js'
import { keyTransportKey, openFrame, sealFrame } from '../security/frame-security.js'
import { attempt } from '../stack/attempt.js'
import type { NetworkKey } from '../stack/nwk.js'

/** The APS frame that carries the network key to one node, sealed so that only its link key opens it. */
export function sealNetworkKey(
  node: Node,
  networkKey: NetworkKey,
  linkKey: Uint8Array,
  frameCounter: number,
  destination: Eui64,
): Uint8Array {
  const { cipher } = node.network
  const plaintext = encodeTrustCentreCommand({
    command: 'transportNetworkKey',
    key: networkKey.key,
    keySequence: networkKey.sequence,
    destination,
    source: node.eui64,
  })
  const counter = node.aps.nextCounter()
  const header = encodeApsHeader({ type: 'command', security: true, counter, payload: plaintext })
  const security = { key: 'keyTransport', frameCounter, source: node.eui64 } as const
  return concat(header, sealFrame(cipher, keyTransportKey(cipher, linkKey), security, header, plaintext))
}

/** The network key and its sender, when one of these link keys opens the frame and it is for this node. */
export function openNetworkKey(
  node: Node,
  frame: ApsCommand,
  linkKeys: readonly Uint8Array[],
): { readonly networkKey: NetworkKey; readonly trustCentre: Eui64 } | undefined {
  if (!frame.security) return undefined
  const { cipher } = node.network
  for (const linkKey of linkKeys) {
    const command = attempt(() => {
      const opened = openFrame(cipher, keyTransportKey(cipher, linkKey), encodeApsHeader(frame), frame.payload)
      return opened && decodeTrustCentreCommand(opened.plaintext)
    })
    if (command?.command === 'transportNetworkKey' && command.destination === node.eui64)
      return { networkKey: { key: command.key.slice(), sequence: command.keySequence }, trustCentre: command.source }
  }
  return undefined
}
