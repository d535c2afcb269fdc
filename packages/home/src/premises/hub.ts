import type { Eui64 } from '@smets2-sim/bytes'
import type { HomeNetwork } from '../network/home-network.js'
import { targetOf } from '../network/route.js'
import type { WanLink } from '../network/wan-link.js'
import type { HubFunctions } from './hub-functions.js'

/** What the hub relays for: the functions inside it, the network around it, and the network beyond it. */
export interface HubLinks {
  readonly wan: WanLink
  readonly network: HomeNetwork
  /** Hands a message to a function of the hub itself. */
  readonly inside: ReadonlyMap<Eui64, (message: Uint8Array) => void>
  /** What hub and gas proxy make of what passes by; a message that is not heard goes no further. */
  readonly functions: Pick<HubFunctions, 'passesToDevice' | 'passesFromDevice'>
  /** A message that the hub cannot deliver. */
  readonly undelivered: (message: Uint8Array, why: string) => void
}

/** Relays between the wide area network and the home: it looks at the target, and at nothing else. */
export function connectHub({ wan, network, inside, functions, undelivered }: HubLinks): void {
  wan.onHome = (message) => {
    const target = targetOf(message)
    const own = target && inside.get(target)
    if (own) own(message)
    else if (target && network.has(target)) {
      if (functions.passesToDevice(target, message)) network.toDevice(target, message)
    } else undelivered(message, target ? `no device ${target} on the network` : 'the octets name no target')
  }
  network.onHub = (from, message) => {
    functions.passesFromDevice(from, message)
    const target = targetOf(message)
    // a prepayment display and a gas meter speak to each other through the hub. facts 9.11
    if (target && target !== from && network.has(target)) {
      if (functions.passesToDevice(target, message)) network.toDevice(target, message)
    } else wan.toParties(message)
  }
}
