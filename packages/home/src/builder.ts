import { fromIso, type UtcSeconds } from '@smets2-sim/cosem'
import { commission } from './commissioning/commission.js'
import type { Step } from './commissioning/plan.js'
import type { ElectricityConfig, GasConfig, HomeConfig } from './config/home-config.js'
import { Home } from './home.js'
import { siteOf } from './premises/parties.js'
import type { PremisesParts } from './premises/premises.js'

/** How a home starts. */
export interface HomeOptions {
  /** 1 where it is left out. */
  readonly seed?: number
  /** ISO text or UTC seconds since 2000; 2026-01-01 where it is left out. */
  readonly now?: string | UtcSeconds
  readonly wanLatencyMs?: number
  readonly hanLatencyMs?: number
  readonly gasWakeS?: number
}

/** Puts a home together, device by device. A communications hub, with its gas proxy, is in every home. */
export class HomeBuilder {
  readonly #config: HomeConfig
  readonly #parts: PremisesParts

  constructor(config: HomeConfig, parts: PremisesParts) {
    this.#config = config
    this.#parts = parts
  }
  #with(more: Partial<HomeConfig>): HomeBuilder {
    return new HomeBuilder({ ...this.#config, ...more }, this.#parts)
  }

  /** The hub is always there: this only says so. */
  hub(): HomeBuilder {
    return this
  }
  electricity(electricity: ElectricityConfig = {}): HomeBuilder {
    return this.#with({ electricity })
  }
  gas(gas: GasConfig = {}): HomeBuilder {
    return this.#with({ gas })
  }
  ppmid(): HomeBuilder {
    return this.#with({ ppmid: true })
  }
  ihd(): HomeBuilder {
    return this.#with({ ihd: true })
  }
  hcalcs(): HomeBuilder {
    return this.#with({ hcalcs: true })
  }
  /** Other crypto, randomness or stores than the usual ones. */
  parts(parts: PremisesParts): HomeBuilder {
    return new HomeBuilder(this.#config, { ...this.#parts, ...parts })
  }

  /** The home as it comes from the factory: nobody has joined anybody. */
  build(): Home {
    return new Home(this.#config, this.#parts)
  }
  /** The home after its installation. @throws CommissioningFailed */
  async commission(done?: (step: Step) => void): Promise<Home> {
    const home = this.build()
    await commission(home.farEnd, { ...siteOf(home.premises), now: home.now }, done)
    return home
  }
}

/** Starts to put a home together. The same seed gives the same home, down to the last octet. */
export function home({ seed = 1, now = '2026-01-01T00:00:00Z', ...more }: HomeOptions = {}): HomeBuilder {
  return new HomeBuilder({ seed, now: typeof now === 'string' ? fromIso(now) : now, ...more }, {})
}
