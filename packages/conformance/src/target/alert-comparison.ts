import { toHex } from '@smets2-sim/bytes'
import { alerts } from '@smets2-sim/gbcs'
import { alertCodeOf } from '../alerts/alert-code.js'
import type { AlertDetail } from '../report/result.js'
import type { Findings } from './allowed.js'
import { compareAlert } from './compare-alert.js'
import { alertFields, alertText } from './describe-message.js'
import type { Inspection } from './inspect.js'
import type { TargetKeys } from './keys.js'
import type { RunTime } from './times.js'

/** Alerts about messages that were discarded: how often it reports them is up to a device, so that a flood is none of alerts. */
const aboutWrongMessages = new Set<number>(
  (
    [
      'integrityCheckOfContentOrFormatOfCommandFailed',
      'failedAuthenticationOrAuthorisationNotCoveredByOtherCodes',
      'unauthorisedCommunicationAccessAttempted',
      'sourceDoesNotHaveAuthorityForCommand',
      'trustedSourceAuthenticationFailure',
      'unusualNumbersOfMalformedOutOfOrderOrUnexpectedCommandsReceived',
    ] as const
  ).map((name) => alerts[name].code),
)

interface Heard {
  readonly octets: Uint8Array
  readonly inspection: Inspection
}
/** Alerts of one code to one recipient, each side's in the order in which they came. */
interface Series {
  readonly device: (Heard & { readonly fault?: string })[]
  readonly twin: Heard[]
}

/**
 * Alerts of the device beside those of its twin. When one comes is the device's own affair: the nth of a code and a
 * recipient is compared with the nth; of those about wrong messages each with the nearest.
 */
export class AlertComparison {
  readonly #keys: TargetKeys
  readonly #series = new Map<string, Series>()
  #lastCounter = -1n

  constructor(keys: TargetKeys) {
    this.#keys = keys
  }

  /** An alert of the device: its counter has to be above the last one. */
  heard(octets: Uint8Array, inspection: Inspection): void {
    const { message } = inspection
    if (!message) return
    const rises = message.originatorCounter > this.#lastCounter
    const fault = `counter ${message.originatorCounter} is not above ${this.#lastCounter}`
    if (rises) this.#lastCounter = message.originatorCounter
    this.#of(inspection).device.push({ octets, inspection, ...(!rises && { fault }) })
  }
  /** An alert of the twin. */
  expect(octets: Uint8Array, inspection: Inspection): void {
    this.#of(inspection).twin.push({ octets, inspection })
  }
  /** Every alert that came or was to come. */
  details(run: RunTime): readonly AlertDetail[] {
    return [...this.#series].flatMap(([name, { device, twin }]) => {
      const isFree = aboutWrongMessages.has(codeOf((device[0] ?? twin[0])?.inspection) ?? -1)
      const count = isFree ? device.length : Math.max(device.length, twin.length)
      return Array.from({ length: count }, (_, i) => {
        const [found, nth] = [device[i], twin[i]]
        // a device that reports fewer or more wrong messages reports them in the form that the twin has for one of them
        const candidates = isFree ? twin : nth ? [nth] : []
        const scenario = count > 1 ? `${name}, ${i + 1}` : name
        return this.#detail(scenario, found, candidates, { isFree, run })
      })
    })
  }

  #detail(
    scenario: string,
    found: Series['device'][number] | undefined,
    candidates: readonly Heard[],
    { isFree, run }: { readonly isFree: boolean; readonly run: RunTime },
  ): AlertDetail {
    const { expected, findings } = found ? nearest(found, candidates, run) : { expected: candidates[0] }
    const faults: string[] = found?.fault === undefined ? [] : [found.fault]
    if (!found) faults.push('it did not come')
    else if (findings) faults.push(...findings.faults)
    else faults.push(...found.inspection.faults, ...(isFree ? [] : ['the twin raises none']))
    return {
      scenario,
      fields: alertFields(found?.inspection, expected?.inspection, this.#keys),
      ...(expected && { expected: toHex(expected.octets) }),
      ...(found && { found: toHex(found.octets) }),
      ...(faults.length > 0 && { different: faults.join('; ') }),
      allowed: [...(findings?.allowed ?? [])],
    }
  }
  #of(inspection: Inspection): Series {
    const name = `alert ${alertText(inspection)} to ${inspection.message?.target}`
    const series = this.#series.get(name) ?? { device: [], twin: [] }
    this.#series.set(name, series)
    return series
  }
}

/** The candidate that an alert differs least from, and how. */
function nearest(
  { inspection }: Heard,
  candidates: readonly Heard[],
  run: RunTime,
): { readonly expected?: Heard; readonly findings?: Findings } {
  const compared = candidates.map((expected) => ({
    expected,
    findings: compareAlert(inspection, expected.inspection, run),
  }))
  compared.sort((a, b) => a.findings.faults.length - b.findings.faults.length)
  return compared[0] ?? {}
}

const codeOf = (inspection: Inspection | undefined): number | undefined =>
  inspection?.message && alertCodeOf(inspection.message)
