import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AttributeValues, HanFields, HanOutcome, HanPort } from '../han-port.js'
import { Known } from './known.js'
import { barsOf, displayLink, isHeard, type LinkState } from './link.js'
import { type ReadRow, reads, type Source } from './reads.js'
import type { LinkView } from './screen.js'

/** After a request without an answer the next one comes so much later (our decision). */
export const RETRY_S = 10
/** Attributes in one request: so the answer fits a frame (our decision). */
const ATTRIBUTES_AT_ONCE = 6

/** One request of a row. */
interface Ask {
  readonly row: ReadRow
  readonly names: readonly string[]
}

/** Asks one other device for all that the table names, each thing when it is due, one request after the other. */
export class SourceReader {
  readonly known = new Known()
  readonly #rows: readonly ReadRow[]
  readonly #han: HanPort
  readonly #now: () => UtcSeconds
  readonly #answered: (row: ReadRow) => void
  readonly #due = new Map<ReadRow, UtcSeconds>()
  #id: Eui64 | undefined
  #state: LinkState = 'searching'
  #lastHeard: UtcSeconds | undefined
  #queue: Ask[] = []
  #isBusy = false

  /** `answered` hears of every row whose answer is in. */
  constructor(source: Source, han: HanPort, now: () => UtcSeconds, answered: (row: ReadRow) => void) {
    this.#rows = reads.filter(({ of }) => of === source)
    this.#han = han
    this.#now = now
    this.#answered = answered
  }

  /** The device that is asked. With another one everything is forgotten and asked anew. */
  get id(): Eui64 | undefined {
    return this.#id
  }
  set id(id: Eui64 | undefined) {
    if (id === this.#id) return
    this.#id = id
    this.#state = 'searching'
    this.#lastHeard = undefined
    this.#queue = []
    this.#isBusy = false
    this.known.clear()
    for (const row of this.#rows) this.#due.set(row, this.#now())
  }
  get state(): LinkState {
    return this.#state
  }
  get link(): LinkView {
    const quality = this.#id && isHeard(this.#state) ? this.#han.linkQuality(this.#id) : undefined
    return {
      state: this.#state,
      ...(quality !== undefined && { bars: barsOf(quality) }),
      ...(this.#lastHeard !== undefined && { lastHeard: this.#lastHeard }),
    }
  }

  nextDue(): UtcSeconds | undefined {
    if (this.#id === undefined) return undefined
    return Math.min(...this.#wanted().map((row) => this.#dueOf(row)))
  }
  /** Asks for what is due. */
  run(): void {
    if (this.#id === undefined) return
    this.#enqueue(this.#wanted().filter((row) => this.#dueOf(row) <= this.#now()))
    this.#askNext()
  }
  /** Asks for these rows now. */
  refresh(which: (row: ReadRow) => boolean): void {
    if (this.#id === undefined || !isHeard(this.#state)) return
    this.#enqueue(this.#rows.filter(which))
    this.#askNext()
  }

  /** While nothing is heard, the first row alone is tried. */
  #wanted(): readonly ReadRow[] {
    return isHeard(this.#state) ? this.#rows : this.#rows.slice(0, 1)
  }
  #dueOf(row: ReadRow): UtcSeconds {
    return this.#due.get(row) ?? this.#now()
  }
  #enqueue(rows: readonly ReadRow[]): void {
    const waiting = new Set(this.#queue.map(({ row }) => row))
    for (const row of rows) {
      this.#due.set(row, (Math.floor(this.#now() / row.everyS) + 1) * row.everyS)
      if (!waiting.has(row)) this.#queue.push(...asksOf(row))
    }
  }

  #askNext(): void {
    const ask = this.#queue[0]
    const id = this.#id
    if (this.#isBusy || !ask || id === undefined) return
    this.#isBusy = true
    const { row, names } = ask
    const heard = <T>(outcome: HanOutcome<T>, keep: (value: T | undefined) => void): void => {
      if (id !== this.#id) return // it is another device's now
      this.#isBusy = false
      if (outcome.kind === 'failed') return this.#missed()
      keep(outcome.kind === 'answered' ? outcome.value : undefined)
      this.#heard(row)
    }
    if ('attributes' in row)
      this.#han.read(id, row.cluster, names, (outcome: HanOutcome<AttributeValues>) =>
        heard(outcome, (values) => {
          for (const name of names) this.known.set(row.cluster, name, values?.[name])
        }),
      )
    else
      this.#han.command(
        id,
        { cluster: row.cluster, name: row.command, fields: row.fields },
        row.response,
        (outcome: HanOutcome<HanFields>) =>
          heard(outcome, (fields) => this.known.set(row.cluster, row.response, fields)),
      )
  }

  #heard(row: ReadRow): void {
    const wasHeard = isHeard(this.#state)
    this.#state = displayLink.next(this.#state, 'answered') ?? this.#state
    this.#lastHeard = this.#now()
    this.#queue.shift()
    if (!wasHeard) this.#enqueue(this.#rows.filter((other) => other !== row))
    if (this.#queue[0]?.row !== row) this.#answered(row)
    this.#askNext()
  }
  #missed(): void {
    this.#state = displayLink.next(this.#state, 'missed') ?? this.#state
    const dropped = new Set(this.#queue.map(({ row }) => row))
    this.#queue = []
    for (const row of [...this.#rows.slice(0, 1), ...dropped]) this.#due.set(row, this.#now() + RETRY_S)
  }
}

function asksOf(row: ReadRow): Ask[] {
  if (!('attributes' in row)) return [{ row, names: [] }]
  const asks: Ask[] = []
  for (let from = 0; from < row.attributes.length; from += ATTRIBUTES_AT_ONCE)
    asks.push({ row, names: row.attributes.slice(from, from + ATTRIBUTES_AT_ONCE) })
  return asks
}
