import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { FarEnd } from '@smets2-sim/parties'
import type { Site } from '../commissioning/plan.js'
import type { DeviceName } from '../config/ids.js'
import type { Home } from '../home.js'
import { siteOf } from '../premises/parties.js'
import type { Duration } from '../world/duration.js'
import { durationMs } from '../world/duration.js'

/** Where a scenario is played: a home in virtual time, or one at the other end of a socket. */
export interface Stage {
  readonly parties: FarEnd
  readonly site: Omit<Site, 'now'>
  now(): UtcSeconds
  /** Lets the home's time pass until something has happened; whether it has, within the patience. */
  until(happened: () => boolean, patience: Duration): Promise<boolean>
  /** The home itself, where it is at hand: for what people and the world do to its devices. */
  readonly home?: Home
}

/** Identity of a device of the stage's home. */
export const deviceOn = (stage: Stage, name: DeviceName): Eui64 => stage.site.ids.get(name) as Eui64

/** A stage in virtual time. */
export function virtualStage(home: Home): Stage {
  const { farEnd, premises } = home
  const { world } = premises
  return {
    home,
    parties: farEnd,
    site: siteOf(premises),
    now: () => world.now,
    until: (happened, patience) => world.until(happened, world.nowMs + durationMs(patience)),
  }
}
