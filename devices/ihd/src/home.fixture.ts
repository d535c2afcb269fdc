import type { Eui64 } from '@smets2-sim/bytes'
import { fromIso, type UtcSeconds } from '@smets2-sim/cosem'
import { type display, han, type HanPort, type HanReceiver } from '@smets2-sim/firmware'
import { displayEntries, ids, ServedEsme, testClock } from '../../esme/src/clusters/home.fixture.js'
import { ServedGpf } from '../../gpf/src/clusters/home.fixture.js'
import { ihd, type Ihd } from './ihd.js'

export { ids }

/** A home with a hub that tells the time, an electricity meter, a gas proxy and an in-home display. */
export class TestHome {
  readonly clock: { time: UtcSeconds; now(): UtcSeconds }
  readonly network = new han.DirectHan(ids.hub)
  readonly esme: ServedEsme
  readonly gpf: ServedGpf
  readonly ihd: Ihd
  /** Requests that passed, with the time: `cluster command`. */
  readonly asked: { readonly time: UtcSeconds; readonly clusterId: number; readonly octets: Uint8Array }[] = []
  hubIsSure = true
  /** How many requests the display has made of each device, answered or not. */
  readonly tries = new Map<string, number>()

  constructor(start: string, options: ConstructorParameters<typeof ServedEsme>[2] = {}) {
    const clock = (this.clock = testClock(start))
    this.esme = new ServedEsme(this.network, clock, options)
    this.gpf = new ServedGpf(this.network, clock, ids.gpf, displayEntries)
    this.network.port(ids.hub)
    this.network.serve(ids.hub, this.#hub())
    this.ihd = ihd(ids.ihd, { clock, han: this.#counting(this.network.port(ids.ihd)) })
    this.network.serve(ids.ihd, this.ihd)
    this.ihd.join({ electricity: ids.esme, gas: ids.gpf })
    this.network.onFrame = ({ from, clusterId, octets }) => {
      if (from === ids.ihd) this.asked.push({ time: clock.time, clusterId, octets })
    }
  }
  get screen(): display.Screen {
    return this.ihd.screen
  }
  /** Lets time pass; the display does what is due at its time. */
  advance(seconds: number): void {
    this.advanceTo(this.clock.time + seconds)
  }
  advanceTo(time: UtcSeconds): void {
    for (;;) {
      const due = this.ihd.nextDue()
      if (due === undefined || due > time) break
      this.clock.time = Math.max(due, this.clock.time)
      this.ihd.tick()
    }
    this.clock.time = time
  }
  /** Goes to a time at once; only then the display does what is due. */
  jumpTo(time: string): void {
    this.clock.time = fromIso(time)
    this.ihd.tick()
  }

  #counting(port: HanPort): HanPort {
    const count = (id: Eui64): void => void this.tries.set(id, (this.tries.get(id) ?? 0) + 1)
    return {
      ...port,
      read(target, ...rest) {
        count(target)
        port.read(target, ...rest)
      },
      command(target, ...rest) {
        count(target)
        port.command(target, ...rest)
      },
    }
  }
  #hub(): HanReceiver {
    return {
      read: (_from, _cluster, name) =>
        name === 'time' ? this.clock.time : name === 'timeStatus' ? (this.hubIsSure ? 0x09 : 0x00) : undefined,
    }
  }
}
