import { tunneling } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import type { Outgoing } from '../stack/zcl.js'
import { command, type ReceivedCommand } from '../stack/zcl-handler.js'
import { transferStatus } from './parameters.js'

/** What became of data sent through a tunnel; after `givenUp` there is no use in another attempt. */
export type Transferred = 'taken' | 'noTunnel' | 'notDelivered' | 'givenUp'

const ATTEMPTS = 3

/** Sends data through a tunnel until the other end says that it has it; repeats keep their number, so it is taken once. */
export function transfer(
  node: Node,
  out: Outgoing,
  tunnelId: number,
  data: Uint8Array,
  done: (result: Transferred) => void,
): void {
  const [ours, theirs] =
    out.as === 'client' ? [tunneling.toServer, tunneling.toClient] : [tunneling.toClient, tunneling.toServer]
  const sent = command(ours.transferData, { tunnelId, data })
  const attempt = (left: number, repeated?: number): void => {
    const sequence = node.zcl.request(
      out,
      sent,
      theirs.transferDataError,
      (outcome) => {
        if (outcome.kind === 'answered') done('noTunnel')
        else if (outcome.kind === 'refused') done(outcome.status === 0 ? 'taken' : 'noTunnel')
        else if (left > 1 && outcome.reason === 'noAnswer') attempt(left - 1, sequence)
        else done('notDelivered')
      },
      { sequence: repeated, defaultEnds: true },
    )
  }
  attempt(ATTEMPTS)
}

/** The error that answers data for a tunnel that does not exist. */
export const noSuchTunnel = (as: 'server' | 'client', tunnelId: number) =>
  command((as === 'server' ? tunneling.toClient : tunneling.toServer).transferDataError, {
    tunnelId,
    transferDataStatus: transferStatus.noSuchTunnel,
  })

/** Knows a repeated transfer again by its number and content. */
export class LastTransfer {
  #sequence: number | undefined
  #payload: Uint8Array = new Uint8Array(0)

  /** Whether it has not been seen before. */
  isNew({ frame }: ReceivedCommand): boolean {
    const same =
      frame.sequence === this.#sequence &&
      frame.payload.length === this.#payload.length &&
      frame.payload.every((octet, i) => octet === this.#payload[i])
    this.#sequence = frame.sequence
    this.#payload = frame.payload
    return !same
  }
}
