/** A state machine as a table: for each state, the state that each event leads to. */
export type Transitions = Readonly<Record<string, Readonly<Record<string, string>>>>
export type StateOf<T> = keyof T & string
export type EventOf<T> = { [S in keyof T]: keyof T[S] }[keyof T] & string

/** Runs a table. An event that means nothing in the present state changes nothing. */
export class Progress<const T extends Transitions> {
  #state: StateOf<T>
  constructor(
    readonly table: T,
    initial: StateOf<T>,
    /** Hears of every transition. */
    readonly entered: (state: StateOf<T>, event: EventOf<T>) => void = () => undefined,
  ) {
    this.#state = initial
  }

  get state(): StateOf<T> {
    return this.#state
  }
  /** Whether the event had a meaning. */
  fire(event: EventOf<T>): boolean {
    const next = this.table[this.#state]?.[event]
    if (next === undefined) return false
    this.#state = next as StateOf<T>
    this.entered(this.#state, event)
    return true
  }
}
