import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts, type Outcome } from '@smets2-sim/firmware'
import { metering } from './data/metering.js'
import { type EsmeOptions, manufacture } from './manufacture.js'
import { meterUp } from './running/meter-up.js'
import { esmeProfile } from './profile.js'

/** An electricity meter, and what the world can do to it. */
export class Esme extends Device {
  constructor(id: Eui64, ports: DevicePorts, options?: EsmeOptions) {
    super(esmeProfile, id, ports)
    if (!this.items.has(metering)) manufacture(this, options)
  }

  /** Takes a message; what it leads to besides its response is done too. */
  override receive(bytes: Uint8Array): Outcome {
    const outcome = super.receive(bytes)
    this.tick()
    return outcome
  }

  /** Does everything that is due by now, and meters up to now. */
  override tick(): void {
    super.tick()
    meterUp(this)
  }
}
