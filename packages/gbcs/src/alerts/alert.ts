import type { RemotePartyRole } from '../roles.js'
import type { DeviceKind } from '../use-cases/use-case.js'

/** The logs of SMETS in which an alert or event may be kept. */
export type AlertLog = 'security' | 'event' | 'power' | 'alcs'

/** What carries the alert: a DLMS notification, a GBZ payload, or the ASN.1 structure of a use case. */
export type AlertPayload = 'dlms' | 'gbz' | 'CS02b' | 'CS02g' | 'CS06' | 'CS09' | 'CCS08' | 'GCS62'

/** An alert or event: one row of the table of GBCS section 16.2. facts 4. */
export interface AlertCode<N extends string = string> {
  readonly code: number
  readonly name: N
  /** Its name in words. */
  readonly title: string
  readonly devices: readonly DeviceKind[]
  /** A critical alert is signed, another carries a MAC. */
  readonly critical: boolean
  /** 0 is not sent; 1 is sent as a generic alert; 2 is sent with a message code and a payload of its own. */
  readonly wan: 0 | 1 | 2
  /** Whether it is shared over the home area network. */
  readonly han: boolean
  readonly logs: Readonly<Record<AlertLog, boolean>>
  /** To whom it is sent. */
  readonly roles: readonly RemotePartyRole[]
  /** It is about a command: it is sent to the originator of that command, whatever its role. */
  readonly toOriginator: boolean
  /** Message codes where `wan` is 2, by payload. */
  readonly messageCodes: Readonly<Partial<Record<AlertPayload, number>>>
  /** Some flag is our decision: the published tables are silent. */
  readonly decided: boolean
}

/** Devices that execute commands, keep credentials and logs. */
export const everyDevice = ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'] as const

interface Flags {
  readonly devices: readonly DeviceKind[]
  readonly critical?: boolean
  readonly wan: 0 | 1 | 2
  readonly han?: boolean
  readonly logs?: readonly AlertLog[]
  readonly roles: readonly RemotePartyRole[]
  readonly toOriginator?: boolean
  readonly messageCodes?: Partial<Record<AlertPayload, number>>
  readonly decided?: boolean
}

/** Codes from here on are critical unless their row says otherwise. facts 4.5. */
const FIRST_CRITICAL = 0x8f00

/** A row. What is not given: critical by the code, not shared, not logged. */
export const alert = <const N extends string>(code: number, name: N, title: string, flags: Flags): AlertCode<N> => ({
  code,
  name,
  title,
  devices: flags.devices,
  critical: flags.critical ?? code >= FIRST_CRITICAL,
  wan: flags.wan,
  han: flags.han ?? false,
  logs: {
    security: flags.logs?.includes('security') ?? false,
    event: flags.logs?.includes('event') ?? false,
    power: flags.logs?.includes('power') ?? false,
    alcs: flags.logs?.includes('alcs') ?? false,
  },
  roles: flags.roles,
  toOriginator: flags.toOriginator ?? false,
  messageCodes: flags.messageCodes ?? {},
  decided: flags.decided ?? false,
})
