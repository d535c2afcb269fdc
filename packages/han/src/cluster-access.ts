import type { Eui64 } from '@smets2-sim/bytes'
import type { AttributeResult, CommandDefinition, Field, FieldsValue } from '@smets2-sim/zcl'
import type { Node } from './node.js'
import { type Done, ignore } from './stack/mac.js'
import type { Outgoing, Records } from './stack/zcl.js'
import type { ClusterHandler, Command, Outcome, Side } from './stack/zcl-handler.js'

/** ZCL of one node, as hub and devices use it: what its endpoints serve, and what others serve. */
export class ClusterAccess {
  constructor(
    readonly node: Node,
    /** The endpoint that acts when no other is named. */
    readonly endpoint: number,
  ) {}

  #out(eui64: Eui64, endpoint: number, cluster: number, as: Side, from = this.endpoint): Outgoing {
    return { to: { eui64, endpoint }, from, cluster, as }
  }

  /** What an endpoint of this node does for a cluster, as its server or its client. */
  serve(cluster: number, side: Side, handler: ClusterHandler, endpoint = this.endpoint): void {
    this.node.zcl.serve(endpoint, cluster, side, handler)
  }

  /** The endpoints of another node that serve, or use, a cluster; none when it does not answer. */
  findEndpoints(eui64: Eui64, cluster: number, side: Side, done: (endpoints: readonly number[]) => void): void {
    this.node.zdo.resolve(eui64, (address) => {
      if (address === undefined) done([])
      else this.node.zdo.match(address, cluster, side, done)
    })
  }

  /** Reads attributes of a cluster that another node serves. */
  readAttributes(
    eui64: Eui64,
    endpoint: number,
    cluster: number,
    ids: readonly number[],
    done: (outcome: Outcome<readonly AttributeResult[]>) => void,
    from?: number,
  ): void {
    this.node.zcl.readAttributes(this.#out(eui64, endpoint, cluster, 'client', from), ids, done)
  }

  /** Sends a command and waits for its response; without one, for the status of its default response. */
  request<F extends Record<string, Field<any>>>(
    eui64: Eui64,
    endpoint: number,
    cluster: number,
    sent: Command,
    response: CommandDefinition<F> | undefined,
    done: (outcome: Outcome<FieldsValue<F>>) => void,
    { as = 'client', from }: { as?: Side; from?: number } = {},
  ): void {
    this.node.zcl.request(this.#out(eui64, endpoint, cluster, as, from), sent, response, done)
  }

  /** Sends a command that asks for no answer; `delivered` tells whether the node has it. */
  sendCommand(
    eui64: Eui64,
    endpoint: number,
    cluster: number,
    as: Side,
    sent: Command,
    delivered: Done = ignore,
    from?: number,
  ): void {
    this.node.zcl.send(this.#out(eui64, endpoint, cluster, as, from), sent, delivered)
  }

  /** Reports attributes of this node's server to a node that uses them. */
  report(
    eui64: Eui64,
    endpoint: number,
    cluster: number,
    records: Records,
    delivered: Done = ignore,
    from?: number,
  ): void {
    this.node.zcl.report(this.#out(eui64, endpoint, cluster, 'server', from), records, delivered)
  }
}
