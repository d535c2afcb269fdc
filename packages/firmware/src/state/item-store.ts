/** A data item: the name under which a device keeps it and what it is before anyone has set it. */
export interface Item<T> {
  readonly name: string
  readonly initial: T
}
export const item = <T>(name: string, initial: T): Item<T> => ({ name, initial })

/** Something that was computed from items and has to be computed again when it is stale. */
export interface Dependent {
  isStale: boolean
}

/**
 * The data items of a device. Values are replaced, never changed in place, so that a transaction can put the old
 * ones back and a snapshot is a copy of references.
 */
export class ItemStore {
  #items = new Map<string, unknown>()
  #undo: Map<string, unknown> | undefined
  readonly #dependents = new Map<string, Dependent[]>()

  read<T>(item: Item<T>): T {
    const value = this.#items.get(item.name)
    return value !== undefined || this.#items.has(item.name) ? (value as T) : item.initial
  }

  write<T>(item: Item<T>, value: T): void {
    this.#remember(item.name)
    this.#items.set(item.name, value)
    this.#changed(item.name)
  }

  update<T>(item: Item<T>, change: (value: T) => T): T {
    const value = change(this.read(item))
    this.write(item, value)
    return value
  }

  /** Back to the initial value. */
  reset(item: Item<unknown>): void {
    this.#remember(item.name)
    this.#items.delete(item.name)
    this.#changed(item.name)
  }

  has(item: Item<unknown>): boolean {
    return this.#items.has(item.name)
  }

  #remember(name: string): void {
    if (this.#undo && !this.#undo.has(name))
      this.#undo.set(name, this.#items.has(name) ? this.#items.get(name) : absent)
  }

  /** Runs `body`; when it throws, every item is as it was before. Nested calls join the outer transaction. */
  transaction<T>(body: () => T): T {
    if (this.#undo) return body()
    const undo = (this.#undo = new Map<string, unknown>())
    try {
      return body()
    } catch (error) {
      this.#undo = undefined
      for (const [name, value] of undo) {
        if (value === absent) this.#items.delete(name)
        else this.#items.set(name, value)
        this.#changed(name)
      }
      throw error
    } finally {
      this.#undo = undefined
    }
  }

  /** Names and values of all items that were ever set. */
  entries(): IterableIterator<[string, unknown]> {
    return this.#items.entries()
  }

  /** Replaces every item. */
  restore(entries: Iterable<readonly [string, unknown]>): void {
    this.#items = new Map(entries)
    for (const name of this.#dependents.keys()) this.#changed(name)
  }

  /** Has what depends on items marked as stale whenever one of them may have another value. */
  addDependent(items: readonly Item<any>[], dependent: Dependent): void {
    for (const { name } of items) this.#dependents.set(name, [...(this.#dependents.get(name) ?? []), dependent])
  }
  #changed(name: string): void {
    const dependents = this.#dependents.get(name)
    if (dependents) for (const dependent of dependents) dependent.isStale = true
  }
}

const absent = Symbol('absent')
