import { GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, inDeviceLog, type Item, item, raise } from '@smets2-sim/firmware'
import {
  alertMessageCode,
  alerts,
  decodeAlertComponents,
  decodeGbzAlert,
  decodeGbzExecution,
  decodeMessage,
} from '@smets2-sim/gbcs'
import { metering } from '@smets2-sim/zcl'
import { commandExecuted, logTapped, type TapOffOutcome } from './tap-off.js'

// Alerts of the meter that pass by. What they say of the bill is sealed for the supplier, and the proxy has no key to it:
// it learns that there is an entry, and of what time, and holds the meter to it, which pushes the entry itself. facts 10.4, 10.11.

const BILLING = alertMessageCode(alerts.billingDataLogUpdated, 'gbz')
const EXECUTED = alertMessageCode(alerts.futureDateHanInterfaceCommandSuccessfullyActioned, 'gbz')

/** A time of which the meter has told its supplier an entry of the billing data log, and until when the copy waits for it. */
interface Owed {
  readonly time: UtcSeconds
  readonly until: UtcSeconds
}
const owed: Item<readonly Owed[]> = item('tapOff.owed', [])
/** The radio of the meter is next on within half an hour; one wake may be missed. Our decision. facts 10.3. */
const PATIENCE_S = 3600
/** As many as the log has entries. facts 10.11. */
const MAX_OWED = 12
const logs = ['snapshots.billing', 'snapshots.change'] as const

const inCopy = (device: Device, time: UtcSeconds): boolean =>
  logs.some((name) => device.log(name).between(time, time).length > 0)

/**
 * Takes note of an alert of the meter: of an entry of its billing data log, which the copy has or is to get; of a dated
 * command that was executed or was not. An alert that cannot be read is a failure, and so is an entry that does not come.
 */
export function tapOffAlert(device: Device, octets: Uint8Array): TapOffOutcome {
  try {
    const message = decodeMessage(octets)
    if (message.kind !== 'alert') return 'ignored'
    // a meter that the proxy has not joined tells it nothing
    if (!inDeviceLog(device, message.originator)) return 'ignored'
    const outcome = note(device, message.otherInformation.messageCode, message.content)
    if (outcome === 'failed') raise(device, 'tapOffMessageResponseOrAlertFailure')
    device.save()
    return outcome
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    raise(device, 'tapOffMessageResponseOrAlertFailure')
    device.save()
    return 'failed'
  }
}

function note(device: Device, messageCode: number, octets: Uint8Array): TapOffOutcome {
  switch (messageCode) {
    case BILLING:
      return expectEntry(device, octets)
    case EXECUTED: {
      const { alertCode, content = new Uint8Array(0) } = decodeGbzAlert(octets)
      const succeeded = alertCode === alerts.futureDateHanInterfaceCommandSuccessfullyActioned.code
      return commandExecuted(device, decodeGbzExecution(content), succeeded)
    }
    default:
      return 'ignored'
  }
}

function expectEntry(device: Device, octets: Uint8Array): TapOffOutcome {
  const { alertCode, time, content = new Uint8Array(0) } = decodeGbzAlert(octets)
  const [component, ...more] = decodeAlertComponents(content)
  const isEntry =
    alertCode === alerts.billingDataLogUpdated.code &&
    more.length === 0 &&
    component?.clusterId === metering.id &&
    component.frame.commandId === metering.toClient.publishSnapshot.id
  if (!isEntry) throw new GbcsError('invalidValue', 'the alert publishes no entry of the billing data log')
  // two suppliers are told of one entry when the one follows the other
  const waiting = device.items.read(owed).filter((one) => one.time !== time)
  device.items.write(owed, [...waiting, { time, until: device.now + PATIENCE_S }].slice(-MAX_OWED))
  settleOwed(device)
  return 'applied'
}

/** What has come is no longer waited for. */
export function settleOwed(device: Device): void {
  const waiting = device.items.read(owed)
  const left = waiting.filter(({ time }) => !inCopy(device, time))
  if (left.length === waiting.length) return
  device.items.write(owed, left)
  for (let settled = left.length; settled < waiting.length; settled++) logTapped(device, BILLING)
}

/**
 * To be called after every wake of the meter: says 'failed' when an entry has not come, whatever the reason, once. The
 * hub tells its parties of that. facts 10.4.
 */
export function tapOffOverdue(device: Device): TapOffOutcome {
  const waiting = device.items.read(owed)
  const left = waiting.filter(({ until }) => until > device.now)
  if (left.length === waiting.length) return 'ignored'
  device.items.write(owed, left)
  raise(device, 'tapOffMessageResponseOrAlertFailure')
  device.save()
  return 'failed'
}
