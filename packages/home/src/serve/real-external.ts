import { describeTarget, type FrameLink, openLink, type Target } from '@smets2-sim/serial'
import type { DeviceName } from '../config/ids.js'
import type { Premises } from '../premises/premises.js'
import type { ServeLog } from './real-serve.js'

/**
 * Lets a device at the other end of a link take the place of one of the home: GBCS messages for it go out, in the
 * framing of the link, and what comes back goes to the hub.
 * @throws LinkError `notOpened`
 */
export async function linkExternal(
  premises: Premises,
  name: DeviceName,
  target: Target,
  log: ServeLog,
): Promise<FrameLink> {
  premises.device(name) // says so, before a link is opened, when there is none
  const link = await openLink(target)
  const place = `${name} at ${describeTarget(target)}`
  let seq = 0
  const toHub = premises.replaceBy(name, (message) => {
    seq = (seq % 255) + 1
    link.send({ type: 'message', seq, message }).catch((error: Error) => log.problem(`${place}: ${error.message}`))
  })
  link.onFrame((frame) => {
    if (frame.type === 'message') toHub(frame.message)
    else if (frame.type === 'acknowledge' && frame.status !== 'accepted')
      log.problem(`${place} refused a message, ${frame.status}: ${frame.text}`)
  })
  link.onError((error) => log.problem(`${place}: ${error.message}`))
  return link
}
