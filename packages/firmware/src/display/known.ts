import type { Cluster } from '@smets2-sim/zcl'
import type { HanFields } from '../han-port.js'
import { clusterKey } from '../zcl/profile.js'

/** Name of an attribute, or of the command that answered, among what a display knows: `metering.instantaneousDemand`. */
export const keyOf = (cluster: Pick<Cluster, 'name'>, name: string): string => `${clusterKey(cluster)}.${name}`

/** What another device answered, by name. Undefined stands for a value that the device does not have. */
export class Known {
  readonly #values = new Map<string, unknown>()

  set(cluster: Cluster, name: string, value: unknown): void {
    this.#values.set(keyOf(cluster, name), value)
  }
  clear(): void {
    this.#values.clear()
  }
  /** Whether it was asked for and answered, whatever the answer. */
  wasRead(key: string): boolean {
    return this.#values.has(key)
  }
  isThere(key: string): boolean {
    return this.#values.get(key) !== undefined
  }
  /** A number, or undefined when there is none. */
  find(key: string): number | undefined {
    const value = this.#values.get(key)
    return typeof value === 'number' ? value : undefined
  }
  /** A number that is there. */
  number(key: string): number {
    return this.find(key) ?? 0
  }
  /** Octets as text. */
  text(key: string): string {
    const value = this.#values.get(key)
    return value instanceof Uint8Array ? new TextDecoder().decode(value) : ''
  }
  /** Fields of a command that answered. */
  fields(key: string): HanFields {
    return (this.#values.get(key) as HanFields | undefined) ?? {}
  }
}
