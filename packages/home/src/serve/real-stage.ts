import { testSmki, type FarEnd, type Wan } from '@smets2-sim/parties'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { openLink, type Target } from '@smets2-sim/serial'
import { setTimeout as pause } from 'node:timers/promises'
import { deviceIdOf } from '../config/ids.js'
import type { HomeConfig } from '../config/home-config.js'
import { partiesOf, siteOf } from '../premises/parties.js'
import { namesIn } from '../premises/names.js'
import type { Stage } from '../scenarios/stage.js'
import { durationMs } from '../world/duration.js'
import { linkWan } from './real-head-end.js'

/** How often something that is waited for is looked at. */
const LOOK_MS = 5

/** A home at the other end of a link, as a head end knows it: what it is made of, and how its time runs. */
export interface RemoteHome {
  readonly target: Target
  readonly config: Omit<HomeConfig, 'now'>
  /** Its time at this moment. */
  readonly now: UtcSeconds
  readonly speed: number
}

/** A stage whose home is reached by a link alone. */
export async function linkStage({
  target,
  config,
  now,
  speed,
}: RemoteHome): Promise<Stage & { close(): Promise<void> }> {
  const startMs = performance.now()
  const link = await openLink(target)
  const smki = testSmki({ seed: config.seed })
  const ids = new Map(namesIn(config).map((name) => [name, deviceIdOf(config.seed, name)] as const))
  const site = siteOf({ ids, config: { ...config, now }, smki })
  const wan: Wan = linkWan(link, { speed, onUnasked: (message) => parties.accept(message) })
  const parties: FarEnd = partiesOf(site, wan)
  return {
    parties,
    site,
    now: () => now + Math.floor(((performance.now() - startMs) * speed) / 1000),
    async until(happened, patience) {
      const endMs = performance.now() + durationMs(patience) / speed
      while (!happened() && performance.now() < endMs) await pause(LOOK_MS)
      return happened()
    },
    close: () => link.close(),
  }
}
