import { zclTimeStatus } from '@smets2-sim/chf'
import type { Eui64 } from '@smets2-sim/bytes'
import { electricityHomeOf, Esme, serveElectricity } from '@smets2-sim/esme'
import { type Device, han, type HanReceiver } from '@smets2-sim/firmware'
import { serveGas } from '@smets2-sim/gpf'
import { type Ihd, ihd } from '@smets2-sim/ihd'
import type { HomeDevice } from './home-device.js'
import type { Premises } from './premises.js'
import { gasReadingsOf } from './served-clusters.js'

const receivers = new WeakMap<Device, HanReceiver>()
function receiverOf(device: Device): HanReceiver {
  const known = receivers.get(device)
  if (known) return known
  const made =
    device instanceof Esme
      ? serveElectricity(device, electricityHomeOf(device))
      : serveGas(device, gasReadingsOf(device))
  receivers.set(device, made)
  return made
}

/** What a meter or proxy of a home does with what arrives: at the present, in the state that it has then. */
const served = (device: HomeDevice): HanReceiver => {
  const now = <T>(body: (receiver: HanReceiver) => T): T =>
    device.change((firmware) => {
      firmware.tick()
      return body(receiverOf(firmware))
    })
  return {
    read: (...args) => now((receiver) => receiver.read?.(...args)),
    command: (...args) => now((receiver) => receiver.command?.(...args) ?? UNSUPPORTED),
  }
}
const UNSUPPORTED = 0x81

/**
 * The in-home display of a home: it reads what hub, electricity meter and gas proxy serve to it, as often as a display
 * does. Its reads do not go over the frames of the home area network: they are there at once. Our decision.
 */
export function displayOf(premises: Premises): Ihd | undefined {
  const { world, ids } = premises
  const [id, hub] = [ids.get('ihd'), premises.device('chf').id]
  if (!id) return undefined
  const network = new han.DirectHan(hub)
  network.port(hub)
  network.serve(hub, { read: (_from, _cluster, name) => timeAttributes[name]?.(premises) })
  for (const name of ['esme', 'gpf'] as const) {
    const device = premises.devices.get(name)
    if (!device) continue
    network.port(device.id)
    network.serve(device.id, served(device))
  }
  const display = ihd(id, { clock: { now: () => world.now }, han: network.port(id) })
  network.serve(id, display)
  const joined = (name: 'esme' | 'gpf', is: boolean): Eui64 | undefined => (is ? ids.get(name) : undefined)
  display.join({ electricity: joined('esme', true), gas: joined('gpf', premises.config.gas !== undefined) })
  const arm = (): void => {
    const due = display.nextDue()
    if (due !== undefined)
      world.at(due * 1000, 'the display reads', () => {
        display.tick()
        arm()
      })
  }
  arm()
  return display
}

const timeAttributes: Readonly<Record<string, (premises: Premises) => number>> = {
  time: ({ world }) => world.now,
  timeStatus: (premises) => zclTimeStatus(premises.device('chf').device),
}
