import { native } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { deviceLog, han, setDeviceLog, type StateStore } from '@smets2-sim/firmware'
import { deviceType } from '@smets2-sim/gbcs'
import { displayEntries, ids, ServedEsme, testClock } from '../../esme/src/clusters/home.fixture.js'
import { ServedGpf } from '../../gpf/src/clusters/home.fixture.js'
import { certificateOf, critical, GasMeter, joinByMethodC, keyStoreOf, trustParties } from './gas-meter.fixture.js'
import { ppmid } from './index.js'
import type { Ppmid } from './ppmid.js'

export { ids }
const numbers = { gsme: 21, ppmid: 22 } as const

/** A home with an electricity meter, a gas meter with its proxy, and a prepayment display that is joined to all. */
export class PrepaidHome {
  readonly clock: { time: UtcSeconds; now(): UtcSeconds } = testClock('2026-01-01T12:00:00Z')
  readonly network = new han.DirectHan(ids.hub)
  readonly esme: ServedEsme
  readonly gpf: ServedGpf
  readonly gsme: GasMeter
  ppmid: Ppmid
  /** Messages of the display on their way to the gas meter, which sleeps. */
  readonly toGas: Uint8Array[] = []
  readonly #store: StateStore

  constructor(options: ConstructorParameters<typeof ServedEsme>[2] = {}) {
    this.esme = new ServedEsme(this.network, this.clock, options)
    this.gpf = new ServedGpf(this.network, this.clock, ids.gpf, displayEntries)
    this.gsme = new GasMeter(ids.gsme, numbers.gsme, this.clock)
    let saved: Uint8Array | undefined
    this.#store = { load: () => saved, save: (snapshot) => void (saved = snapshot) }
    this.ppmid = this.#make()
    trustParties(this.ppmid)
    setDeviceLog(this.ppmid, [
      { deviceId: ids.esme, deviceType: deviceType.esme },
      { deviceId: ids.gpf, deviceType: deviceType.gpf },
    ])
  }
  #make(): Ppmid {
    const device = ppmid(ids.ppmid, {
      clock: this.clock,
      crypto: native,
      keys: keyStoreOf(numbers.ppmid),
      entropy: { bytes: (count) => new Uint8Array(count) },
      link: { send: (message) => void this.toGas.push(message) },
      store: this.#store,
      han: this.network.port(ids.ppmid),
    })
    this.network.serve(ids.ppmid, device.receiver)
    return device
  }
  /** The display loses its power and starts again from what its store has kept. */
  restart(): void {
    this.ppmid = this.#make()
  }

  /** Joins gas meter and display with each other's certificates: CS03C to both. */
  joinGas(): void {
    const toMeter = joinByMethodC(ids.gsme, ids.ppmid, deviceType.ppmid, certificateOf(ids.ppmid, numbers.ppmid))
    const toDisplay = joinByMethodC(ids.ppmid, ids.gsme, deviceType.gsme, certificateOf(ids.gsme, numbers.gsme))
    this.gsme.receive(critical('supplier', 10n, toMeter, numbers.gsme))
    this.ppmid.receive(critical('accessControlBroker', 10n, toDisplay, numbers.ppmid))
  }
  get isGasJoined(): boolean {
    return deviceLog(this.ppmid).some(({ publicKey }) => publicKey !== undefined)
  }

  advance(seconds: number): void {
    const end = this.clock.time + seconds
    for (;;) {
      const due = this.ppmid.nextDue()
      if (due === undefined || due > end) break
      this.clock.time = Math.max(due, this.clock.time)
      this.ppmid.tick()
    }
    this.clock.time = end
  }
  /** The gas meter wakes, takes what waits for it and answers; the answers that the display took. */
  gasMeterWakes(change: (response: Uint8Array) => Uint8Array = (response) => response): boolean[] {
    return this.toGas.splice(0).map((message) => {
      const outcome = this.gsme.receive(message)
      return outcome.kind === 'responded' && this.ppmid.takeResponse(change(outcome.response))
    })
  }
}
