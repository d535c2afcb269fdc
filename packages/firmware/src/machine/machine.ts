/** Transitions of one state: event to next state. */
type Row<S extends string> = Readonly<Record<string, S>>

/** A state machine as a table: what is executed, drawn and checked is the same literal. */
export interface Machine<S extends string, E extends string> {
  readonly name: string
  readonly states: readonly S[]
  readonly events: readonly E[]
  readonly table: Readonly<Record<S, Readonly<Partial<Record<E, S>>>>>
  /** The next state, or undefined when the event means nothing in this state. */
  next(state: S, event: E): S | undefined
}

type EventsOf<T> = { [S in keyof T]: keyof T[S] }[keyof T] & string

/** Declares a machine. Every state must be a key of the table, so that a state without a way out is seen. */
export function machine<const T extends Readonly<Record<string, Row<string>>>>(
  name: string,
  table: T & { readonly [S in keyof T]: { readonly [E in keyof T[S]]: keyof T } },
): Machine<keyof T & string, EventsOf<T>> {
  type S = keyof T & string
  type E = EventsOf<T>
  const events = [...new Set(Object.values<Row<string>>(table).flatMap((row) => Object.keys(row)))] as E[]
  return {
    name,
    states: Object.keys(table) as S[],
    events,
    table: table as unknown as Machine<S, E>['table'],
    next: (state, event) => (table[state] as Row<string> | undefined)?.[event] as S | undefined,
  }
}

/** The table as a Mermaid state diagram. */
export function mermaid(m: Machine<string, string>, initial: string): string {
  const lines = m.states.flatMap((state) =>
    Object.entries(m.table[state] ?? {}).map(([event, next]) => `  ${state} --> ${next}: ${event}`),
  )
  return ['stateDiagram-v2', `  [*] --> ${initial}`, ...lines].join('\n')
}
