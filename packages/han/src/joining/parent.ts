import type { Eui64 } from '@smets2-sim/bytes'
import { BROADCAST_AWAKE, NO_ADDRESS } from '../frames/address.js'
import { associationStatus, capability, encodeBeacon } from '../frames/mac-command.js'
import type { Node } from '../node.js'
import { after } from '../scheduler.js'

/** What a parent must be told by whoever decides. */
export interface Admission {
  /** Whether a node that was in this network before, or may join now, gets an address. */
  admits(node: Eui64): boolean
  /** Whether beacons invite new nodes. */
  inviting(): boolean
  readonly extendedPanId: () => Eui64
  /** 0 for the coordinator. */
  readonly depth: number
  /** The node has its address and waits for the network key. */
  admitted(node: Eui64, shortAddress: number): void
}

/** Answers nodes that look for the network, and gives them addresses. */
export function serveAsParent(node: Node, admission: Admission): void {
  node.onMacCommand.push((command, from) => {
    if (node.mac.nwkAddress === undefined) return
    if (command.command === 'beaconRequest')
      node.mac.sendBeacon(
        encodeBeacon({
          associationPermit: admission.inviting(),
          panCoordinator: admission.depth === 0,
          extendedPanId: admission.extendedPanId(),
          depth: admission.depth,
        }),
      )
    if (command.command === 'associationRequest' && typeof from === 'string')
      associate(node, admission, from, (command.capability & capability.listensWhenIdle) === 0)
  })
}

/** A child is told its address before the key comes, but may be slow to take it. Our decision. */
const KEY_DELAY_MS = 200
const KEY_REPEAT_MS = 2000
const KEY_ATTEMPTS = 4

/** Brings the sealed network key to a child that does not have it yet. */
export function sendKeyToChild(node: Node, address: number, frame: Uint8Array): void {
  const attempt = (left: number): void =>
    node.nwk.send(
      address,
      frame,
      (delivered) => {
        if (!delivered && left > 1) after(node.scheduler, KEY_REPEAT_MS, () => attempt(left - 1))
      },
      { unsecured: true },
    )
  after(node.scheduler, KEY_DELAY_MS, () => attempt(KEY_ATTEMPTS))
}

/** The answer waits until the node asks for it, as for a sleeping child. */
function associate(node: Node, admission: Admission, child: Eui64, sleepy: boolean): void {
  const admitted = admission.admits(child)
  const shortAddress = admitted ? addressFor(node, child) : NO_ADDRESS
  const status = admitted ? associationStatus.success : associationStatus.accessDenied
  node.mac.removeSleeper(child)
  node.mac.addSleeper(child)
  node.mac.sendCommand(child, { command: 'associationResponse', shortAddress, status }, (delivered) => {
    node.mac.removeSleeper(child)
    if (!delivered || !admitted) return
    node.addresses.learn(child, shortAddress)
    if (sleepy) node.mac.addSleeper(shortAddress)
    else node.mac.removeSleeper(shortAddress)
    admission.admitted(child, shortAddress)
  })
}

/** A node keeps its address; a new one gets one that nobody is known to have. */
function addressFor(node: Node, child: Eui64): number {
  const known = node.addresses.shortOf(child)
  if (known !== undefined) return known
  for (;;) {
    const address = 1 + node.random.below(BROADCAST_AWAKE - 0x10)
    if (!node.addresses.has(address) && address !== node.mac.shortAddress) return address
  }
}
