import { type Esme, orderSwitchesBy } from '@smets2-sim/esme'
import {
  type Device,
  type DevicePorts,
  han,
  type HanPort,
  inDeviceLog,
  pushArrived,
  waitingPushes,
} from '@smets2-sim/firmware'
import { announceNews, receivePush } from '@smets2-sim/gpf'
import { shareWithProxy } from '@smets2-sim/gsme'
import type { MirrorEnds } from '../network/home-network.js'
import type { World } from '../world/world.js'
import type { HomeDevice } from './home-device.js'

/** What a meter needs to tell the others of its home what it has to tell. */
export interface Teller {
  readonly world: World
  readonly port: HanPort
  /** The meter, once it is there. */
  readonly device: () => HomeDevice | undefined
}

/** How an electricity meter shares an alert with displays: after what made it raise the alert. */
export const shareByRadio =
  ({ world, port, device }: Teller): NonNullable<DevicePorts['share']> =>
  (alert) =>
    void world.after(0, 'word to the displays', () =>
      device()?.change((firmware) => han.shareAlert(firmware, port, alert)),
    )
/** How a gas meter does: its proxy tells them when it has heard. */
export const shareByProxy =
  ({ device }: Pick<Teller, 'device'>): NonNullable<DevicePorts['share']> =>
  (alert) => {
    const firmware = device()?.device
    if (firmware) shareWithProxy(firmware, alert)
  }

/** Has an electricity meter order its load switches over the network, each order after what made it. */
export function orderSwitches(meter: Esme, { world, port, device }: Teller): void {
  const later: HanPort = {
    ...port,
    get hub() {
      return port.hub
    },
    publish: (...args) =>
      void world.after(0, 'order to a load switch', () => device()?.change(() => port.publish(...args))),
  }
  orderSwitchesBy(meter, later)
}

/** Gas meter and proxy as their mirror connects them: the meter tells nothing while the proxy is not in its log. facts 10.1.3. */
export const mirrorOf = (meter: HomeDevice, proxy: HomeDevice, port: () => HanPort, woke: () => void): MirrorEnds => ({
  waiting() {
    meter.change((firmware) => firmware.tick())
    woke()
    return areJoined(meter.device, proxy.device) ? waitingPushes(meter.device) : []
  },
  arrived: (push) => meter.change((firmware) => pushArrived(firmware, push)),
  heard: (push) =>
    proxy.change((firmware) => {
      receivePush(firmware, push)
      announceNews(firmware, port(), push)
    }),
})
const areJoined = (meter: Device, proxy: Device): boolean =>
  inDeviceLog(meter, proxy.id) !== undefined && inDeviceLog(proxy, meter.id) !== undefined
