import type { Eui64 } from '@smets2-sim/bytes'
import { COORDINATOR } from '../frames/address.js'
import { decodeTrustCentreCommand, encodeTrustCentreCommand } from '../frames/aps-command.js'
import { encodeAps } from '../frames/aps.js'
import type { Node } from '../node.js'
import { attempt } from '../stack/attempt.js'
import { sendKeyToChild, serveAsParent } from './parent.js'

/** Lets devices join through this node, with the trust centre deciding: for those that do not hear the hub. */
export function serveAsRouter(node: Node, extendedPanId: () => Eui64): void {
  let permitUntilMs = -Infinity
  const children = new Set<Eui64>()
  const inviting = (): boolean => node.scheduler.now() < permitUntilMs
  node.zdo.onPermitJoining = (durationS) => (permitUntilMs = node.scheduler.now() + durationS * 1000)
  serveAsParent(node, {
    depth: 1,
    extendedPanId,
    inviting,
    admits: (child) => inviting() || children.has(child),
    admitted(device, shortAddress) {
      children.add(device)
      const payload = encodeTrustCentreCommand({ command: 'updateDevice', device, shortAddress, status: 1 })
      node.nwk.send(COORDINATOR, encodeAps({ type: 'command', counter: node.aps.nextCounter(), payload }))
    },
  })
  node.onApsCommand.push((frame, source) => {
    if (source !== COORDINATOR || frame.security) return
    const command = attempt(() => decodeTrustCentreCommand(frame.payload))
    if (command?.command === 'tunnel') {
      const address = node.addresses.shortOf(command.destination)
      if (address !== undefined) sendKeyToChild(node, address, command.frame.slice())
    }
    if (command?.command === 'removeDevice') {
      children.delete(command.device)
      node.addresses.forget(command.device)
    }
  })
}
