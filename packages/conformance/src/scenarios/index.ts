import type { Scenario } from '@smets2-sim/home'
import { changeOfSupplier } from './change-of-supplier.js'
import { changeOfTenancy } from './change-of-tenancy.js'
import { deviceCertificate } from './device-certificate.js'
import { operatorHandover } from './operator-handover.js'
import { recovery } from './recovery.js'
import { unknownParty } from './unknown-party.js'

/** Scenarios of the life of credentials, by their name. They can be watched like those of a home. */
export const credentialScenarios: Readonly<Record<string, Scenario>> = {
  'change-of-supplier': changeOfSupplier,
  'change-of-tenancy': changeOfTenancy,
  'device-certificate': deviceCertificate,
  'operator-handover': operatorHandover,
  recovery,
  'unknown-party': unknownParty,
}
