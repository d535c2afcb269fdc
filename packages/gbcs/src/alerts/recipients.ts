import type { RemotePartyRole } from '../roles.js'
import type { DeviceKind } from '../use-cases/use-case.js'
import type { AlertCode } from './alert.js'

/** Parties to whom a device of this kind sends alerts. Our decision, after the recipients in facts 1.10. */
const partiesOf: Readonly<Record<DeviceKind, readonly RemotePartyRole[]>> = {
  esme: ['supplier', 'networkOperator'],
  gsme: ['supplier', 'networkOperator'],
  hcalcs: ['supplier'],
  gpf: ['accessControlBroker'],
  chf: ['accessControlBroker', 'wanProvider'],
  ppmid: ['accessControlBroker'],
  ihd: [],
}

/**
 * Roles to which a device sends an alert; none when it is not sent. An alert about a command (`toOriginator`) goes to
 * the originator of that command where there is one: these roles are for when there is none.
 *
 * Where no role of the row is a party of the device, its first party gets the alert (our decision).
 */
export function alertRecipientRoles(row: AlertCode, device: DeviceKind): readonly RemotePartyRole[] {
  if (row.wan === 0 || !row.devices.includes(device)) return []
  const parties = partiesOf[device]
  const roles = row.roles.filter((role) => parties.includes(role))
  return roles.length > 0 ? roles : parties.slice(0, 1)
}
