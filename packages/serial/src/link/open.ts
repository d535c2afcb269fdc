import type { FrameLink } from './frame-link.js'
import { serialLink } from './serial.js'
import type { Target } from './target.js'
import { type Listening, tcpClient, tcpServer } from './tcp.js'

/** A link to a target, from the side that begins. `signal` ends the wait for a socket. @throws LinkError `notOpened` */
export const openLink = (
  target: Target,
  options: { reconnect?: boolean; signal?: AbortSignal } = {},
): Promise<FrameLink> => (target.kind === 'tcp' ? tcpClient(target, options) : serialLink(target, options))

/**
 * The side that waits: every end that comes to a socket has its own link; a serial port is one link from the start.
 * @throws LinkError `notOpened`
 */
export async function serveLinks(
  target: Target,
  accept: (link: FrameLink) => void,
): Promise<{ readonly target: Target; close(): Promise<void> } | Listening> {
  if (target.kind === 'tcp') return tcpServer(target, accept)
  const link = await serialLink(target)
  accept(link)
  return { target, close: () => link.close() }
}
