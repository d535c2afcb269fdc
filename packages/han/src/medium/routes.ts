import type { Eui64 } from '@smets2-sim/bytes'
import type { Band } from './band.js'
import type { Links } from './link.js'

/** What routing needs to know of a node. */
export interface Waypoint {
  readonly eui64: Eui64
  /** Undefined before it has joined. */
  readonly nwkAddress: number | undefined
  readonly pan: number
  readonly bands: readonly Band[]
  /** Passes on frames of others. */
  readonly relays: boolean
  /** A sleeping node talks to this node only. */
  readonly parent: number | undefined
}

/** The band on which two nodes can meet. In sub-GHz only a node of both bands, the hub, has neighbours: it is a star. */
export function commonBand(a: Pick<Waypoint, 'bands'>, b: Pick<Waypoint, 'bands'>): Band | undefined {
  const band = a.bands.find((each) => b.bands.includes(each))
  return band === 'subGHz' && a.bands.length === 1 && b.bands.length === 1 ? undefined : band
}

/**
 * Next hops over links on which nodes can hear each other, by the fewest hops. What real routers find out with route
 * requests is looked up here: the relaying is real, the discovery is modelled.
 */
export class Routes {
  #known = new Map<string, number | undefined>()
  #seen = -1

  constructor(readonly links: Links) {}

  /** Forgets what is known: a node has joined, left or changed its parent. */
  forget(): void {
    this.#known.clear()
  }

  nextHop(nodes: Iterable<Waypoint>, pan: number, from: number, to: number): number | undefined {
    if (this.#seen !== this.links.changes) {
      this.#seen = this.links.changes
      this.forget()
    }
    const key = `${pan} ${from}>${to}`
    if (this.#known.has(key)) return this.#known.get(key)
    const inPan = [...nodes].filter((node) => node.pan === pan)
    const hop = this.#search(inPan, from, to)
    this.#known.set(key, hop)
    return hop
  }

  #search(nodes: readonly Waypoint[], from: number, to: number): number | undefined {
    const firstHop = new Map<number, number>()
    let edge = nodes.filter((node) => node.nwkAddress === from)
    const seen = new Set(edge)
    while (edge.length > 0) {
      const next: Waypoint[] = []
      for (const at of edge)
        for (const node of nodes) {
          if (seen.has(node) || node.nwkAddress === undefined || !this.#adjacent(at, node)) continue
          const hop = firstHop.get(at.nwkAddress as number) ?? node.nwkAddress
          if (node.nwkAddress === to) return hop
          seen.add(node)
          if (!node.relays) continue
          firstHop.set(node.nwkAddress, hop)
          next.push(node)
        }
      edge = next
    }
    return undefined
  }

  #adjacent(a: Waypoint, b: Waypoint): boolean {
    return (
      (a.parent === undefined || a.parent === b.nwkAddress) &&
      (b.parent === undefined || b.parent === a.nwkAddress) &&
      commonBand(a, b) !== undefined &&
      this.links.of(a.eui64, b.eui64).reachable
    )
  }
}
