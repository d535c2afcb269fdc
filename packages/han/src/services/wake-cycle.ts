import type { Eui64 } from '@smets2-sim/bytes'
import { flagAttribute, functionalFlag, hasFlag } from '../mirror/flags.js'
import type { GasReporter, Report } from '../mirror/gas-reporter.js'
import type { Node } from '../node.js'
import { after } from '../scheduler.js'

export interface WakeCycleOptions {
  readonly node: Node
  readonly intervalS: number
  readonly reporter: GasReporter
  /** The hub, once the device has joined. */
  readonly hub: () => Eui64 | undefined
  /** What the meter has to tell at this wake; nothing while the proxy is not in its device log. facts 10.1.3. */
  readonly reports: () => readonly Report[]
  readonly utcSeconds: () => number
  readonly fetch: () => void
  readonly queryImage: () => void
  readonly renewKey: () => void
  readonly openTunnel: () => void
  readonly checkLink: (hub: Eui64) => void
  /** All flags of the mirror, for what only the meter itself can do. */
  readonly flags: (flags: readonly number[]) => void
}

/** How long a flag keeps the meter awake. Our decision. */
const STAY_AWAKE_MS = 60_000

/** What a gas meter does each time it wakes: report, look at the flags, fetch what waits. facts 10.2.1, 10.3. */
export class WakeCycle {
  #run = 0
  constructor(readonly options: WakeCycleOptions) {}

  start(): void {
    this.#next(++this.#run)
    this.wake()
  }
  stop(): void {
    this.#run++
  }

  #next(run: number): void {
    after(this.options.node.scheduler, this.options.intervalS * 1000, () => {
      if (run !== this.#run) return
      this.wake()
      this.#next(run)
    })
  }

  /** Wakes now. */
  wake(): void {
    const { node, hub, reporter, openTunnel, checkLink } = this.options
    const trustCentre = hub()
    if (trustCentre === undefined || !node.mac.powered) return
    const rest = node.sleep.keepAwake()
    checkLink(trustCentre)
    if (reporter.hasMirror(trustCentre)) {
      openTunnel()
      return this.#report(trustCentre, rest)
    }
    reporter.setUp(trustCentre, this.options.utcSeconds(), (mirrored) => {
      openTunnel()
      if (mirrored) this.#report(trustCentre, rest)
      else rest()
    })
  }

  #report(hub: Eui64, rest: () => void): void {
    const { reporter } = this.options
    reporter.report(hub, this.options.reports(), (flags) => {
      if (flags) this.#act(hub, flags)
      else this.options.fetch() // without flags it cannot know: it asks
      rest()
    })
  }

  #act(hub: Eui64, flags: readonly number[]): void {
    const { node, reporter, fetch, queryImage, renewKey } = this.options
    const functional = (bit: number): boolean => hasFlag(flags[flagAttribute.functional] ?? 0, bit)
    if (functional(functionalFlag.tunnelMessagePending)) fetch()
    if (functional(functionalFlag.newOtaFirmware)) queryImage()
    if (functional(functionalFlag.cbkeUpdate)) renewKey()
    if (functional(functionalFlag.stayAwakeHan) || functional(functionalFlag.stayAwakeWan))
      node.sleep.wake(STAY_AWAKE_MS)
    reporter.askForMessages(hub, flags)
    this.options.flags(flags)
  }
}
