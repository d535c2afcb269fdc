import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, type Item, item, machine, type Process, raise } from '@smets2-sim/firmware'
import { hubLog, type HubLogEntry, inHubLog, replaceEntry } from './hub-log.js'

/**
 * How a device of the log may join: one that was here before with its old link key first, and if it does not in time,
 * like any other with its install code, for as long again. facts 8 (CCS01).
 */
export const joinWindow = machine('join window', {
  closed: { opened: 'installCode', openedForFormerDevice: 'historicKey' },
  historicKey: { timedOut: 'installCode', joined: 'closed', shut: 'closed' },
  installCode: { timedOut: 'closed', joined: 'closed', shut: 'closed' },
})
type Phase = (typeof joinWindow.states)[number]
export type JoinPhase = Exclude<Phase, 'closed'>
type JoinEvent = (typeof joinWindow.events)[number]

/** How long a window stays open, in seconds. */
export const joinTimeoutS: Item<number> = item('deviceLog.joinTimeoutS', 0)

/** The entry after an event, its window open until a time if it is open at all. */
export function afterEvent(entry: HubLogEntry, event: JoinEvent, until: UtcSeconds): HubLogEntry {
  const { joining, ...rest } = entry
  const next = joinWindow.next(joining?.phase ?? 'closed', event)
  if (next === undefined) return entry
  return next === 'closed' ? rest : { ...rest, joining: { phase: next, until } }
}

/** Opens the window of every device that waits to join, or shuts all windows. */
export function enableJoining(device: Device, enable: boolean): void {
  const until = device.now + device.items.read(joinTimeoutS)
  for (const entry of device.items.read(hubLog)) {
    if (entry.hashedLinkKey.length > 0) continue
    const shut = afterEvent(entry, 'shut', until)
    replaceEntry(
      device,
      enable ? afterEvent(shut, entry.historicKey ? 'openedForFormerDevice' : 'opened', until) : shut,
    )
  }
}
export const isJoiningEnabled = ({ items }: Device): boolean => items.read(hubLog).some(({ joining }) => joining)

/** With what a device may join or come back at present. */
export type Admission =
  | { readonly with: 'linkKey' | 'historicKey'; readonly hashedLinkKey: Uint8Array }
  | { readonly with: 'installCode'; readonly installCode: Uint8Array }

/** Whether the network lets a device in, and with which key: what a trust centre asks. */
export function admission(device: Device, id: Eui64): Admission | undefined {
  const entry = inHubLog(device, id)
  if (!entry) return undefined
  if (entry.hashedLinkKey.length > 0) return { with: 'linkKey', hashedLinkKey: entry.hashedLinkKey }
  if (entry.joining?.phase === 'historicKey' && entry.historicKey)
    return { with: 'historicKey', hashedLinkKey: entry.historicKey }
  return entry.joining?.phase === 'installCode' ? { with: 'installCode', installCode: entry.installCode } : undefined
}

/** Windows whose time is over. */
export const joinTimeouts: Process = {
  nextDue: ({ items }) =>
    items
      .read(hubLog)
      .reduce<
        UtcSeconds | undefined
      >((soonest, { joining }) => (joining && joining.until < (soonest ?? Infinity) ? joining.until : soonest), undefined),
  run(device, time) {
    for (const entry of device.items.read(hubLog)) {
      if (!entry.joining || entry.joining.until > time) continue
      const { historicKey: _used, ...next } = afterEvent(entry, 'timedOut', time + device.items.read(joinTimeoutS))
      replaceEntry(device, next)
      if (!next.joining) raise(device, 'deviceJoiningFailed')
    }
  },
}
