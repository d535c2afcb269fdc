import type { LinkConditions } from '@smets2-sim/han'
import type { DeviceName } from './config/ids.js'
import type { FaultScope } from './network/fault-rules.js'
import type { HomeDevice } from './premises/home-device.js'
import type { Premises } from './premises/premises.js'
import type { Duration } from './world/duration.js'

/** Faults on demand. Places are devices by name, `hub`, and `wan` for what lies beyond it. */
export class Faults {
  readonly #premises: Premises
  constructor(premises: Premises) {
    this.#premises = premises
  }

  /** The message does not arrive. */
  drop(scope: FaultScope = {}): void {
    this.#premises.input({ kind: 'fault', rule: { scope, action: { kind: 'drop' } } })
  }
  /** It arrives twice. */
  duplicate(scope: FaultScope = {}): void {
    this.#premises.input({ kind: 'fault', rule: { scope, action: { kind: 'duplicate' } } })
  }
  /** It arrives so much later: others overtake it. */
  delay({ by, ...scope }: FaultScope & { readonly by: Duration }): void {
    this.#premises.input({ kind: 'fault', rule: { scope, action: { kind: 'delay', by } } })
  }
  /** One bit of it is turned over: the given one, or a random one. */
  corrupt({ bit, ...scope }: FaultScope & { readonly bit?: number } = {}): void {
    this.#premises.input({
      kind: 'fault',
      rule: { scope, action: { kind: 'corrupt', ...(bit !== undefined && { bit }) } },
    })
  }
  /**
   * The radio of a device hears and is heard so well from now on: loss, duplication and reordering of frames with a
   * probability, latency and jitter in milliseconds. Only in a home whose network has frames.
   */
  link(device: DeviceName, conditions: Partial<LinkConditions>): void {
    this.#premises.input({ kind: 'link', device, conditions })
  }
  /** The next accesses of an item end with a result. Keys: see `Faults` of the firmware. */
  item(device: HomeDevice, key: string, result: number, times = 1): void {
    this.#premises.input({ kind: 'itemFault', device: device.name, key, result, times })
  }
  /** All faults end. */
  clear(): void {
    this.#premises.input({ kind: 'faultsCleared' })
  }
}
