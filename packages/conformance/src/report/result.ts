/** What is not as in the reference, and why. */
export interface Difference {
  readonly scenario: string
  readonly useCase: string
  readonly reason: string
}

/** One exchange in detail, for the reports that show bytes. */
export interface ExchangeDetail {
  readonly scenario: string
  readonly useCase: string
  readonly command: string
  readonly expected: string
  readonly found?: string
  readonly different?: string
  /** A fault was injected to reproduce the failure that the reference reports. */
  readonly faultInjected: boolean
  /** What is otherwise and may be: rows of the table of allowed differences. */
  readonly allowed?: readonly string[]
  /** Fields whose octets were not compared, each with the rule that it has to keep. */
  readonly own?: readonly string[]
}

/** One field of a message beside the expected one; empty where there is none. */
export interface FieldDetail {
  readonly name: string
  readonly expected: string
  readonly found: string
}

/** One alert in detail: what was to come and what came. */
export interface AlertDetail extends Pick<ExchangeDetail, 'scenario' | 'found' | 'different' | 'allowed'> {
  readonly expected?: string
  readonly fields: readonly FieldDetail[]
}

interface Compared {
  readonly total: number
  readonly identical: number
  readonly different: readonly Difference[]
}

/** What a conformance run found. */
export interface ConformanceResult {
  readonly messages: {
    readonly total: number
    readonly roundTrip: number
    readonly signatures: { readonly checked: number; readonly valid: number }
    readonly macs: { readonly checked: number; readonly valid: number }
    readonly protected: { readonly found: number; readonly opened: number }
  }
  /** `unverifiable` are scenarios whose secret is in nobody's hands. */
  readonly exchanges: Compared & { readonly unverifiable: readonly string[] }
  readonly precommands: Compared
  readonly alerts: Compared
  readonly abuse: { readonly tried: number; readonly accepted: number }
}

/** A result with what the detailed reports need. */
export interface ConformanceRun {
  readonly result: ConformanceResult
  readonly exchanges: readonly ExchangeDetail[]
  readonly accepted: readonly { readonly scenario: string; readonly kind: string; readonly effect: string }[]
  /** Alerts one by one, where they were compared with those of a twin. */
  readonly alerts?: readonly AlertDetail[]
  /** Exchanges that were not made, and why. */
  readonly leftOut?: readonly Difference[]
}

/** Whether everything is as it should be. */
export const passed = ({ messages: m, exchanges, precommands, alerts, abuse }: ConformanceResult): boolean =>
  m.roundTrip === m.total &&
  m.signatures.valid === m.signatures.checked &&
  m.macs.valid === m.macs.checked &&
  m.protected.opened === m.protected.found &&
  exchanges.identical + exchanges.unverifiable.length === exchanges.total &&
  precommands.identical === precommands.total &&
  alerts.identical === alerts.total &&
  abuse.accepted === 0
