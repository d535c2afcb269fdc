import type { AlertCode, AlertPayload } from './alert.js'
import { hubAlerts } from './hub-alerts.js'
import { operationAlerts } from './operation-alerts.js'
import { powerQualityAlerts } from './power-quality-alerts.js'
import { securityAlerts } from './security-alerts.js'
import { supplyAlerts } from './supply-alerts.js'

const rows = [...powerQualityAlerts, ...operationAlerts, ...supplyAlerts, ...hubAlerts, ...securityAlerts] as const

/** Name of an alert or event: `creditAddedLocally`. */
export type AlertName = (typeof rows)[number]['name']

/** Every alert and event in ascending order of its code. facts 4.5. */
export const alertCodes: readonly AlertCode<AlertName>[] = [...rows].sort((a, b) => a.code - b.code)

/** The same by name: `alerts.creditAddedLocally.code` is 0x810E. */
export const alerts = Object.fromEntries(alertCodes.map((row) => [row.name, row])) as Readonly<
  Record<AlertName, AlertCode<AlertName>>
>

const byCode = new Map(alertCodes.map((row) => [row.code, row]))
/** The row of a code, or undefined for a code that is not in the table. */
export const alertOf = (code: number): AlertCode<AlertName> | undefined => byCode.get(code)

/** Message codes of alerts that have none of their own. facts 4.1. */
export const genericAlertMessageCode = { critical: 0x1000, nonCritical: 0x1001 } as const

/** The message code under which an alert is sent in this payload. */
export const alertMessageCode = (row: AlertCode, payload: AlertPayload): number =>
  row.messageCodes[payload] ?? (row.critical ? genericAlertMessageCode.critical : genericAlertMessageCode.nonCritical)
