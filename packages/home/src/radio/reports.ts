import type { Eui64 } from '@smets2-sim/bytes'
import type { NcpEvent, ReportingWish } from '@smets2-sim/serial'
import type { TypedValue } from '@smets2-sim/zcl'
import type { World } from '../world/world.js'

/** What is to be reported, and how its value is found. */
export interface Reported {
  readonly device: Eui64
  readonly endpoint: number
  readonly cluster: number
  read(): TypedValue | undefined
}

/** `maxS` that ends a wish. */
const ENDED = 0xffff
/** A value is looked at no more often than this. Our decision. */
const LEAST_S = 1

const isChange = (before: TypedValue | undefined, after: TypedValue, least: ReportingWish['change']): boolean => {
  if (before === undefined) return true
  const [was, is] = [before.value, after.value]
  if ((typeof was === 'number' || typeof was === 'bigint') && (typeof is === 'number' || typeof is === 'bigint'))
    return is !== was && Math.abs(Number(is) - Number(was)) >= Number(least ?? 0)
  return JSON.stringify(was) !== JSON.stringify(is)
}

/** Reports values in the time of a home: after a change, not more often than `minS`, and at least every `maxS`. */
export class Reports {
  readonly #world: World
  readonly #emit: (event: NcpEvent) => void
  readonly #stops = new Map<string, () => void>()

  constructor(world: World, emit: (event: NcpEvent) => void) {
    this.#world = world
    this.#emit = emit
  }
  /** A new wish takes the place of the old one for the same attribute. */
  wish(what: Reported, { attribute, minS, maxS, change }: ReportingWish): void {
    const { device, endpoint, cluster } = what
    const key = `${device} ${endpoint} ${cluster} ${attribute}`
    this.#stops.get(key)?.()
    this.#stops.delete(key)
    if (maxS === ENDED) return
    let told: TypedValue | undefined
    let toldMs = 0
    const look = (): void => {
      const data = what.read()
      const isDue = maxS > 0 && this.#world.nowMs - toldMs >= maxS * 1000
      if (data && (isDue || isChange(told, data, change))) {
        told = data
        toldMs = this.#world.nowMs
        this.#emit({ kind: 'reported', device, endpoint, cluster, records: [{ id: attribute, data }] })
      }
      next()
    }
    const next = (): void =>
      void this.#stops.set(key, this.#world.after(Math.max(minS, LEAST_S) * 1000, 'report by radio', look))
    next()
  }
  stop(): void {
    for (const stop of this.#stops.values()) stop()
    this.#stops.clear()
  }
}
