import { dataTypeId, time } from '@smets2-sim/zcl'
import { COORDINATOR } from '../frames/address.js'
import type { Node } from '../node.js'
import type { Peer } from '../stack/zcl-handler.js'

/** The hub's time: seconds since 2000-01-01 UTC, and whether it can be relied on. */
export interface HubTime {
  readonly utcSeconds: number
  readonly reliable: boolean
}

/** Time status of a reliable hub: master, and superseding every other source. facts 10.12. */
const MASTER_SUPERSEDING = 0x09
/** A time that is not known. */
const INVALID_TIME = 0xffffffff
const { attributes } = time

/** Serves the hub's time. */
export function serveTime(node: Node, endpoint: number, now: () => HubTime): void {
  node.zcl.serve(endpoint, time.id, 'server', {
    read(id) {
      const { utcSeconds, reliable } = now()
      switch (id) {
        case attributes.time.id:
          return { type: dataTypeId.utcTime, value: reliable ? utcSeconds : INVALID_TIME }
        case attributes.timeStatus.id:
          return { type: dataTypeId.bitmap8, value: reliable ? MASTER_SUPERSEDING : 0 }
        default:
          return undefined
      }
    },
  })
}

/** Reads the hub's time; undefined when it does not answer. */
export function readTime(
  node: Node,
  endpoint: number,
  hub: Peer['eui64'],
  done: (time: HubTime | undefined) => void,
): void {
  node.zdo.match(COORDINATOR, time.id, 'server', ([serverEndpoint]) => {
    if (serverEndpoint === undefined) return done(undefined)
    const out = {
      to: { eui64: hub, endpoint: serverEndpoint },
      from: endpoint,
      cluster: time.id,
      as: 'client',
    } as const
    node.zcl.readAttributes(out, [attributes.time.id, attributes.timeStatus.id], (outcome) => {
      if (outcome.kind !== 'answered') return done(undefined)
      const value = (id: number): number => {
        const found = outcome.value.find((result) => result.id === id)?.data?.value
        return typeof found === 'number' ? found : 0
      }
      const reliable = (value(attributes.timeStatus.id) & MASTER_SUPERSEDING) === MASTER_SUPERSEDING
      done({ utcSeconds: value(attributes.time.id), reliable })
    })
  })
}
