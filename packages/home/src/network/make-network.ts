import type { HubTime } from '@smets2-sim/han'
import { type HomeConfig, latencies } from '../config/home-config.js'
import type { World } from '../world/world.js'
import { DirectNetwork } from './direct-network.js'
import type { FaultRules } from './fault-rules.js'
import { HanNetwork } from './han-network.js'
import type { HomeNetwork } from './home-network.js'

/** The home area network that a home is to have. */
export function makeNetwork(
  { network, seed, hanLatencyMs }: HomeConfig,
  world: World,
  faults: FaultRules,
  time: () => HubTime,
): HomeNetwork {
  if (network !== 'han') return new DirectNetwork(world, faults, { time, latencyMs: hanLatencyMs ?? latencies.hanMs })
  return new HanNetwork(world, faults, { seed, time, ...(hanLatencyMs !== undefined && { latencyMs: hanLatencyMs }) })
}
