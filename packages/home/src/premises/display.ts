import type { Eui64 } from '@smets2-sim/bytes'
import { type Ihd, ihd } from '@smets2-sim/ihd'
import type { HanPort } from '@smets2-sim/firmware'
import type { ZclEnds } from '../network/home-network.js'
import { Alarm } from '../world/alarm.js'
import type { World } from '../world/world.js'
import { within } from './within.js'
import { displayClients } from './zcl-ends.js'

/** The in-home display of a home: it reads what hub, electricity meter and gas proxy serve, as often as a display does. */
export class HomeDisplay {
  readonly ihd: Ihd
  readonly #alarm: Alarm

  constructor(id: Eui64, port: HanPort, world: World) {
    this.#alarm = new Alarm(world, 'the display reads', () => this.change((display) => display.tick()))
    this.ihd = ihd(id, { clock: { now: () => world.now }, han: within(port, (body) => this.change(body)) })
  }

  /** Does something with the display, and sees to what it has to do next. */
  change<T>(body: (display: Ihd) => T): T {
    try {
      return body(this.ihd)
    } finally {
      const due = this.ihd.nextDue()
      this.#alarm.set(due && due * 1000)
    }
  }

  /** What it does with ZCL that arrives. */
  get ends(): ZclEnds {
    return {
      servers: [],
      clients: displayClients,
      receiver: {
        published: (...args) => this.change((display) => display.published(...args)),
        reported: (...args) => this.change((display) => display.reported(...args)),
      },
    }
  }
}
