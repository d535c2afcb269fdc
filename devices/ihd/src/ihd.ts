import type { Eui64 } from '@smets2-sim/bytes'
import { type Clock, display, type HanPort } from '@smets2-sim/firmware'

/** What an in-home display is made from. */
export interface IhdPorts {
  readonly clock: Clock
  readonly han: HanPort
}

/**
 * An in-home display: a device of type 2. It has no credentials and takes no messages; it reads what meter, proxy and
 * hub serve and shows it. It controls nothing: what it may send besides reads is the confirmation of a message.
 */
export class Ihd extends display.Display {
  readonly id: Eui64

  constructor(id: Eui64, ports: IhdPorts) {
    super(ports)
    this.id = id
  }
}

/** An in-home display with this identity, on these ports. `join` says to what it is joined. */
export const ihd = (id: Eui64, ports: IhdPorts): Ihd => new Ihd(id, ports)
