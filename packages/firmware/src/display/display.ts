import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { alertOf } from '@smets2-sim/gbcs'
import { type Cluster, messaging, metering, zclStatus } from '@smets2-sim/zcl'
import type { AttributeValues, HanCommand, HanDone, HanFields, HanPort, HanReceiver } from '../han-port.js'
import type { Clock } from '../ports.js'
import { fuelRows } from './fuel-rows.js'
import { fuelScreen } from './fuel-screen.js'
import { keyOf } from './known.js'
import { Messages } from './messages.js'
import type { ReadRow, Source } from './reads.js'
import type { Fuel, Screen, SharedAlert } from './screen.js'
import { SourceReader } from './source-reader.js'

/** What a display is joined to besides the hub: the electricity meter, the gas proxy. */
export type Joined = { readonly [F in Fuel]?: Eui64 | undefined }

const sources: readonly Source[] = ['hub', 'electricity', 'gas']
const fuels: readonly Fuel[] = ['electricity', 'gas']
/** Alerts of one fuel that are kept (our decision). */
const ALERTS_KEPT = 10
const SNAPSHOT_TIME = keyOf(metering, 'readingSnapshotTime')
/** Bits of the time status of which one must be set: master, synchronised. facts 10.12. */
const SURE_OF_TIME = 0x03

/**
 * What in-home display and prepayment display have in common: they read what meter, proxy and hub serve, and keep the
 * screen. Everything that it does of itself is done when `tick` is called, or when something arrives.
 */
export class Display implements HanReceiver {
  readonly #clock: Clock
  readonly #han: HanPort
  readonly #readers: Readonly<Record<Source, SourceReader>>
  readonly #messages = new Messages()
  /** Whether it asks for anything: while nobody looks it need not. What others tell it, it takes all the same. */
  isOn = true
  #alerts: Readonly<Record<Fuel, readonly SharedAlert[]>> = { electricity: [], gas: [] }
  /** By how much the hub's time is ahead of the port's. */
  #offsetS: number | undefined
  #gasReadAt: number | undefined

  constructor(ports: { readonly clock: Clock; readonly han: HanPort }) {
    this.#clock = ports.clock
    this.#han = ports.han
    const reader = (source: Source): SourceReader =>
      new SourceReader(
        source,
        ports.han,
        () => ports.clock.now(),
        (row) => this.#answered(source, row),
      )
    this.#readers = { hub: reader('hub'), electricity: reader('electricity'), gas: reader('gas') }
  }

  /** Says to what the display is joined; of one that it left everything is forgotten. */
  join(joined: Joined): void {
    for (const fuel of fuels) {
      if (this.#readers[fuel].id === joined[fuel]) continue
      this.#readers[fuel].id = joined[fuel]
      this.#alerts = { ...this.#alerts, [fuel]: [] }
      this.#messages.cancel(fuel)
      if (fuel === 'gas') this.#gasReadAt = undefined
    }
  }

  /** What it does with what arrives from other devices of the home. */
  get receiver(): HanReceiver {
    return this
  }

  /** The display's own time, once the hub has told it; it goes on without the hub. */
  get time(): UtcSeconds | undefined {
    return this.#offsetS === undefined ? undefined : this.#clock.now() + this.#offsetS
  }
  get screen(): Screen {
    const { hub, electricity, gas } = this.#readers
    const { time } = this
    const fuel = (name: Fuel, reader: SourceReader) =>
      fuelScreen(fuelRows[name], reader.known, reader.link, reader.id !== undefined, this.#alerts[name])
    return {
      ...(time !== undefined && { time }),
      hub: hub.link,
      electricity: fuel('electricity', electricity),
      gas: fuel('gas', gas),
      messages: this.#messages.shown(this.#now),
    }
  }

  /** When `tick` has something to do next. */
  nextDue(): UtcSeconds | undefined {
    if (!this.isOn) return undefined
    this.#readers.hub.id = this.#han.hub
    const due = sources.map((source) => this.#readers[source].nextDue()).filter((time) => time !== undefined)
    return due.length > 0 ? Math.min(...due) : undefined
  }
  /** Asks for everything that is due. */
  tick(): void {
    if (!this.isOn) return
    this.#readers.hub.id = this.#han.hub
    for (const source of sources) this.#readers[source].run()
  }
  /** Asks a fuel for everything now: after a command that changes it. */
  refresh(fuel: Fuel): void {
    this.#readers[fuel].refresh(() => true)
  }

  /** The user confirms a message; the meter is told. */
  confirmMessage(fuel: Fuel, messageId: number, done: HanDone<HanFields> = () => undefined): void {
    const id = this.#readers[fuel].id
    if (id === undefined) return done({ kind: 'failed', reason: 'unknownNode' })
    const command = {
      cluster: messaging,
      name: 'messageConfirmation',
      fields: { messageId, confirmationTime: this.#now },
    }
    this.#han.command(id, command, undefined, (outcome) => {
      if (outcome.kind === 'answered') this.#messages.confirmed(fuel, messageId)
      done(outcome)
    })
  }

  published(from: Eui64, { cluster, name, fields }: HanCommand): number {
    const fuel = this.#fuelOf(from)
    if (!fuel) return zclStatus.notAuthorised
    const take = publications[`${cluster.name} ${name}`]
    if (!take) return zclStatus.unsupportedClusterCommand
    take(this.#taking(fuel), fields)
    return zclStatus.success
  }
  reported(from: Eui64, cluster: Cluster, values: AttributeValues): void {
    if (this.#fuelOf(from) !== 'gas' || cluster.id !== metering.id || values['readingSnapshotTime'] === undefined)
      return
    this.#readers.gas.refresh(({ name }) => name === 'news')
  }

  get #now(): UtcSeconds {
    return this.time ?? this.#clock.now()
  }
  #fuelOf(id: Eui64): Fuel | undefined {
    return fuels.find((fuel) => this.#readers[fuel].id === id)
  }
  #taking(fuel: Fuel): Taking {
    return {
      message: (fields) => this.#messages.show(fuel, fields, this.#now),
      cancelled: (id) => this.#messages.cancel(fuel, id),
      alert: (alert) =>
        (this.#alerts = { ...this.#alerts, [fuel]: [alert, ...this.#alerts[fuel]].slice(0, ALERTS_KEPT) }),
    }
  }

  #answered(source: Source, { name }: ReadRow): void {
    const { known } = this.#readers[source]
    if (source === 'hub') return this.#setClock(known.find('time.time'), known.number('time.timeStatus'))
    if (name === 'message' && known.wasRead('messaging.displayMessage')) {
      if (known.isThere('messaging.displayMessage'))
        this.#messages.show(source, known.fields('messaging.displayMessage'), this.#now)
      else this.#messages.cancel(source)
    }
    if (source === 'gas' && name === 'news') this.#noteGas(known.find(SNAPSHOT_TIME))
  }
  #setClock(hubTime: number | undefined, status: number): void {
    if (hubTime !== undefined && (status & SURE_OF_TIME) !== 0) this.#offsetS = hubTime - this.#clock.now()
  }
  /** The proxy has heard from the gas meter since. */
  #noteGas(readAt: number | undefined): void {
    if (readAt === undefined || readAt === this.#gasReadAt) return
    this.#gasReadAt = readAt
    this.#readers.gas.refresh(({ onNews }) => onNews === true)
  }
}

/** What a display does with what a meter publishes. */
interface Taking {
  message(fields: HanFields): void
  cancelled(id?: number): void
  alert(alert: SharedAlert): void
}
const publications: Readonly<Record<string, (taking: Taking, fields: HanFields) => void>> = {
  'Messaging displayMessage': (taking, fields) => taking.message(fields),
  'Messaging cancelMessage': (taking, { messageId }) => taking.cancelled(messageId as number),
  'Messaging cancelAllMessages': (taking) => taking.cancelled(),
  'Events publishEvent'(taking, { eventId: code, eventTime: time }) {
    taking.alert({ code: code as number, title: alertOf(code as number)?.title ?? 'Unknown', time: time as number })
  },
}
