import type { Eui64 } from '@smets2-sim/bytes'
import { dataTypeId, keepAlive } from '@smets2-sim/zcl'
import { COORDINATOR } from '../frames/address.js'
import type { Node } from '../node.js'
import { after } from '../scheduler.js'

/** How often devices show themselves: minutes, and seconds added at random. Our decision: what the cluster takes by default. */
const BASE_MINUTES = 10
const JITTER_S = 300
/** So many failures in a row mean that the trust centre is lost. */
const FAILURES = 3
const { attributes } = keepAlive

export function serveKeepAlive(node: Node, endpoint: number): void {
  node.zcl.serve(endpoint, keepAlive.id, 'server', {
    read: (id) =>
      id === attributes.tcKeepAliveBase.id
        ? { type: dataTypeId.uint8, value: BASE_MINUTES }
        : id === attributes.tcKeepAliveJitter.id
          ? { type: dataTypeId.uint16, value: JITTER_S }
          : undefined,
  })
}

/** Shows the trust centre that the device is there, and finds out when it is not. */
export class KeepAliveClient {
  #failures = 0
  #run = 0
  #serverEndpoint: number | undefined

  constructor(
    readonly node: Node,
    readonly endpoint: number,
    readonly lost: () => void,
  ) {}

  /** From now on, at the times that the hub asks for. A sleeper calls `check` at its wakes instead. */
  start(trustCentre: Eui64): void {
    this.#failures = 0
    this.#serverEndpoint = undefined
    this.#next(++this.#run, trustCentre)
  }
  stop(): void {
    this.#run++
  }

  #next(run: number, trustCentre: Eui64): void {
    if (this.node.sleepy) return
    const seconds = BASE_MINUTES * 60 + this.node.random.below(JITTER_S)
    after(this.node.scheduler, seconds * 1000, () => {
      if (run !== this.#run) return
      this.check(trustCentre)
      this.#next(run, trustCentre)
    })
  }

  check(trustCentre: Eui64): void {
    const run = this.#run
    const done = (answered: boolean): void => {
      if (run !== this.#run) return
      this.#failures = answered ? 0 : this.#failures + 1
      if (this.#failures < FAILURES) return
      this.stop()
      this.lost()
    }
    if (this.#serverEndpoint !== undefined) return this.#read(trustCentre, this.#serverEndpoint, done)
    this.node.zdo.match(COORDINATOR, keepAlive.id, 'server', ([found]) => {
      this.#serverEndpoint = found
      if (found === undefined) done(false)
      else this.#read(trustCentre, found, done)
    })
  }

  #read(eui64: Eui64, serverEndpoint: number, done: (answered: boolean) => void): void {
    const to = { eui64, endpoint: serverEndpoint }
    const out = { to, from: this.endpoint, cluster: keepAlive.id, as: 'client' } as const
    const ids = [attributes.tcKeepAliveBase.id, attributes.tcKeepAliveJitter.id]
    this.node.zcl.readAttributes(out, ids, (outcome) => done(outcome.kind === 'answered'))
  }
}
