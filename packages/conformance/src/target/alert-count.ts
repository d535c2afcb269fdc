import { alerts } from '@smets2-sim/gbcs'
import type { ConformanceResult, Difference } from '../report/result.js'
import { alertCodeOf } from '../alerts/alert-code.js'
import type { Inspection } from './inspect.js'

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

type Side = 'device' | 'twin'

/** Alerts of the device and of its twin by code and recipient. When one comes is the device's own affair: they are counted. */
export class AlertCount {
  readonly #counts = new Map<string, Record<Side, number>>()
  readonly #wrong: Difference[] = []
  #lastCounter = -1n
  #authentic = 0

  /** An alert of the device: authentic, and under a counter above the last one. */
  heard(inspection: Inspection): void {
    const { message, faults } = inspection
    if (!message) return
    const all = [...faults]
    if (message.originatorCounter <= this.#lastCounter)
      all.push(`counter ${message.originatorCounter} is not above ${this.#lastCounter}`)
    else this.#lastCounter = message.originatorCounter
    const name = nameOf(inspection)
    if (all.length > 0) this.#wrong.push({ scenario: name, useCase: 'alert', reason: all.join('; ') })
    else if (isAboutWrong(inspection)) this.#authentic++
    else this.#add(name, 'device')
  }
  /** An alert of the twin. */
  expect(inspection: Inspection): void {
    if (!isAboutWrong(inspection)) this.#add(nameOf(inspection), 'twin')
  }
  result(): ConformanceResult['alerts'] {
    const rows = [...this.#counts]
    const sum = (of: (counts: Record<Side, number>) => number): number =>
      rows.reduce((total, [, counts]) => total + of(counts), 0)
    const differences = rows.flatMap(([scenario, { device, twin }]) =>
      device === twin ? [] : [{ scenario, useCase: 'alert', reason: `raised ${device} times, expected ${twin} times` }],
    )
    return {
      total: sum(({ device, twin }) => Math.max(device, twin)) + this.#wrong.length + this.#authentic,
      identical: sum(({ device, twin }) => Math.min(device, twin)) + this.#authentic,
      different: [...this.#wrong, ...differences],
    }
  }
  #add(name: string, side: Side): void {
    const counts = this.#counts.get(name) ?? { device: 0, twin: 0 }
    counts[side]++
    this.#counts.set(name, counts)
  }
}

const codeOf = ({ message }: Inspection): number | undefined => message && alertCodeOf(message)
const isAboutWrong = (inspection: Inspection): boolean => aboutWrongMessages.has(codeOf(inspection) ?? -1)

function nameOf(inspection: Inspection): string {
  const code = codeOf(inspection)?.toString(16).toUpperCase() ?? 'without a code'
  return `alert ${code} to ${inspection.message?.target}`
}
