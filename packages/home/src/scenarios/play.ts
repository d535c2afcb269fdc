import { GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { UseCaseHead } from '@smets2-sim/gbcs'
import {
  type Alert,
  ExchangeError,
  type OutgoingCommand,
  type RemoteParty,
  type Request,
  type Response,
} from '@smets2-sim/parties'
import type { DeviceName } from '../config/ids.js'
import type { Home } from '../home.js'
import type { Duration } from '../world/duration.js'
import { durationMs } from '../world/duration.js'
import type { Stage } from './stage.js'
import type { Transcript } from './transcript.js'
import { deviceTitles, partyTitles } from '../words.js'

/** How long a party waits for an answer or an alert: a gas meter has to wake. */
const PATIENCE_S = 7200

/** How a command of a scenario is told. */
export interface Telling<V> {
  readonly what: string
  /** The outcome in words; `done` where it is left out. */
  readonly says?: (value: V, response: Response<V>) => string
  /** Whether the value is the expected one, besides success. */
  readonly expect?: (value: V) => boolean
  /** Who sends it, where that is not the party in its role. */
  readonly who?: string
  /** How long its answer may take, where that is longer than usual. */
  readonly patienceS?: number
}

/** Plays the steps of a scenario on a stage, tells each, and checks it. */
export class Play {
  readonly stage: Stage
  readonly transcript: Transcript
  /** A picture of what happened, as SVG, where the scenario draws one. */
  chart: string | undefined
  constructor(stage: Stage, transcript: Transcript) {
    this.stage = stage
    this.transcript = transcript
  }

  /** The home itself. @throws GbcsError `misuse` on a stage from which it is only reached by messages */
  get home(): Home {
    const { home } = this.stage
    if (!home) throw new GbcsError('misuse', 'nobody is in this home, expected a stage in virtual time')
    return home
  }
  /** Lets time pass until then. */
  async passTo(time: UtcSeconds): Promise<void> {
    const { now } = this.stage
    await this.stage.until(() => now() >= time, Math.max(0, time - now()))
  }

  /** Somebody did something to a device by hand: what the device answered, and whether that is as it should be. */
  act(who: string, to: DeviceName, what: string, outcome: string, isExpected: boolean, useCase = ''): void {
    this.transcript.row({ useCase, who, to: deviceTitles[to], what, outcome })
    if (!isExpected) this.transcript.failure(`${what}: ${outcome}`)
  }

  /** A party sends a command and gets its response; anything but success is a failure. */
  async command<V>(
    party: RemoteParty,
    to: DeviceName,
    request: Request<V>,
    telling: Telling<V>,
  ): Promise<Response<V> | undefined> {
    return this.answered(
      party,
      to,
      nameOf(request),
      () => party.send(request, { timeoutS: telling.patienceS ?? PATIENCE_S }),
      telling,
    )
  }
  /** The same for a command that goes another way: `send` gives its response. */
  async answered<V>(
    party: RemoteParty,
    to: DeviceName,
    useCase: UseCaseHead,
    send: () => Promise<Response<V>>,
    { what, says = () => 'done', expect = () => true, who = partyTitles[party.role] }: Telling<V>,
  ): Promise<Response<V> | undefined> {
    try {
      const response = await send()
      this.#count(useCase, response)
      const outcome = response.ok ? says(response.value, response) : `failed: ${failedItems(response)}`
      this.transcript.row({
        useCase: useCase.name,
        who,
        to: deviceTitles[to],
        what,
        outcome: `${outcome} ${howVerified(useCase, response)}`,
      })
      if (!response.ok || !expect(response.value)) this.transcript.failure(`${useCase.name} did not end as expected`)
      return response
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error
      this.transcript.failure(`${useCase.name} to the ${deviceTitles[to]}: ${error.message}`)
      return undefined
    }
  }

  /** A command that a device must refuse: no response, and an alert to a party that says why. */
  async refused(
    party: RemoteParty,
    to: DeviceName,
    command: OutgoingCommand,
    {
      what,
      alert: name,
      alerted = party,
    }: { readonly what: string; readonly alert: Alert['name']; readonly alerted?: RemoteParty },
  ): Promise<void> {
    const { useCase } = command.request
    const before = alerted.alerts.length
    let answered = false
    void party.exchange(command, { timeoutS: PATIENCE_S }).then(
      () => (answered = true),
      () => undefined,
    )
    const told = (): Alert | undefined => alerted.alerts.slice(before).find((one) => one.name === name)
    await this.stage.until(() => answered || told() !== undefined, PATIENCE_S)
    const alert = told()
    if (answered) this.transcript.failure(`${useCase.name} was answered, though ${what}`)
    if (!alert) this.transcript.failure(`no alert ${name} about ${useCase.name}`)
    if (answered || !alert) return
    this.transcript.counts.refused++
    const outcome = `refused: no response; alert "${alert.title}"`
    this.transcript.row({ useCase: useCase.name, who: partyTitles[party.role], to: deviceTitles[to], what, outcome })
  }

  /** An alert that must come. */
  async alert(
    party: RemoteParty,
    from: DeviceName,
    wanted: (alert: Alert) => boolean,
    what: string,
    patience: Duration,
  ): Promise<void> {
    const found = (): Alert | undefined => party.alerts.find(wanted)
    await this.stage.until(() => found() !== undefined, durationMs(patience) / 1000)
    const alert = found()
    if (!alert) return this.transcript.failure(`no alert: ${what}`)
    const useCase = alert.executed?.useCase ?? 'alert'
    this.transcript.row({
      useCase,
      who: deviceTitles[from],
      to: partyTitles[party.role],
      what,
      outcome: `alert "${alert.title}"`,
    })
  }

  /** Counts the alerts that came, and sees that all were authentic. */
  tallyAlerts(): void {
    for (const party of this.stage.parties.parties) {
      this.transcript.counts.alerts += party.alerts.length
      if (party.rejected.length > 0)
        this.transcript.failure(`${party.rejected.length} alerts for ${partyTitles[party.role]} were not authentic`)
    }
  }

  #count(useCase: UseCaseHead, { message }: Response): void {
    const { counts } = this.transcript
    counts.commands++
    if (message.signature) counts.signaturesVerified++
    else counts.macsVerified++
    if (useCase.sensitive) counts.decrypted++
  }
}

const howVerified = ({ sensitive }: UseCaseHead, { message }: Response): string =>
  `(${message.signature ? 'signed' : 'MAC'}${sensitive ? ', decrypted' : ''})`
const failedItems = ({ items }: Response): string =>
  items.flatMap(({ name, result }) => (result === 0 ? [] : `${name} gave ${result}`)).join(', ')
/** The use case of a request; one that quotes its counter is asked with any. */
const nameOf = (request: Request<any>): UseCaseHead => (typeof request === 'function' ? request(0n) : request).useCase
