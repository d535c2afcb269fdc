import { type AlertName, alerts } from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import type { Discarded } from './gate.js'
import type { DiscardReason, Outcome } from './outcome.js'

/**
 * The alert of each reason for which a message is discarded. Which code belongs to which failure is not public for
 * all of them: those of malformed, unauthorised and unauthentic messages follow the names of the codes (facts 4.5),
 * the others are our decision.
 */
const alertOfReason: Readonly<Record<DiscardReason, AlertName>> = {
  malformed: 'integrityCheckOfContentOrFormatOfCommandFailed',
  malformedPayload: 'integrityCheckOfContentOrFormatOfCommandFailed',
  badSupplementary: 'integrityCheckOfContentOrFormatOfCommandFailed',
  notACommand: 'integrityCheckOfContentOrFormatOfCommandFailed',
  unknownMessageCode: 'integrityCheckOfContentOrFormatOfCommandFailed',
  notForThisDevice: 'failedAuthenticationOrAuthorisationNotCoveredByOtherCodes',
  replayed: 'failedAuthenticationOrAuthorisationNotCoveredByOtherCodes',
  unknownOriginator: 'unauthorisedCommunicationAccessAttempted',
  notAuthorised: 'sourceDoesNotHaveAuthorityForCommand',
  itemNotInUseCase: 'sourceDoesNotHaveAuthorityForCommand',
  wrongProtection: 'trustedSourceAuthenticationFailure',
  badMac: 'trustedSourceAuthenticationFailure',
  badSignature: 'trustedSourceAuthenticationFailure',
}

/** Alerts about discarded messages in one hour before only their number is reported. Our decision: a flood must not become one of alerts. */
const ALERTS_AN_HOUR = 10
const HOUR_S = 3600
const discards: Item<{ readonly since: number; readonly count: number }> = item('gate.discards', { since: 0, count: 0 })

/** What a device does about a message that it discards: a trace in the security log, an alert, and nothing else. */
export function react(device: Device, discarded: Discarded): Outcome {
  const { reason, detail, useCase, originator, role } = discarded
  const { since, count } = device.items.update(discards, (d) =>
    device.now - d.since >= HOUR_S ? { since: device.now, count: 1 } : { ...d, count: d.count + 1 },
  )
  const about = originator && role ? { about: { id: originator, role } } : {}
  if (count <= ALERTS_AN_HOUR) {
    const name = alertOfReason[reason]
    raise(device, name, about)
    if (!alerts[name].logs.security) leaveTrace(device)
  } else {
    leaveTrace(device)
    if (count === ALERTS_AN_HOUR + 1)
      raise(device, 'unusualNumbersOfMalformedOutOfOrderOrUnexpectedCommandsReceived', { ...about, time: since })
  }
  return { kind: 'discarded', reason, detail, ...(useCase && { useCase }) }
}

/** Where the alert itself is not kept in the security log, an entry that has no alert of its own stands for it. */
function leaveTrace(device: Device): void {
  const { security } = device.profile.alertLogs
  const { code } = alerts.failedAuthenticationOrAuthorisationNotCoveredByOtherCodes
  if (security) device.log(security).append({ time: device.now, code })
}
