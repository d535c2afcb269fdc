import { equalBytes, type Eui64 } from '@smets2-sim/bytes'
import { hubDeviceType } from '@smets2-sim/chf'
import { joinNetwork, networkOf, raise } from '@smets2-sim/firmware'
import { GAS_WAKE_S, type HomeConfig } from '../config/home-config.js'
import { type DeviceName, installCodeOf } from '../config/ids.js'
import type { HomeNetwork, NetworkNode } from '../network/home-network.js'
import type { HomeDevice } from './home-device.js'

/** Devices around a hub, each with its number in the hub's device log. facts 8. */
export const logNumbers = {
  esme: hubDeviceType.esme,
  gsme: hubDeviceType.gsme,
  hcalcs: hubDeviceType.hcalcs,
  ihd: hubDeviceType.ihd,
  ppmid: hubDeviceType.ppmid,
} as const satisfies Readonly<Partial<Record<DeviceName, number>>>

export const isAround = (name: string): name is keyof typeof logNumbers => name in logNumbers

/** A device as the network sees it, before anything is said of what is in it. */
export function nodeOf({ seed, gas, gasWakeS = GAS_WAKE_S }: HomeConfig, name: DeviceName, id: Eui64): NetworkNode {
  return {
    id,
    name,
    label: installCodeOf(seed, name),
    deviceType: isAround(name) ? logNumbers[name] : hubDeviceType.unknown,
    ...(name === 'gsme' && { wakeEveryMs: gasWakeS * 1000, ...(gas?.band && { band: gas.band }) }),
  }
}

/** A device without power neither hears nor is heard. */
export function watchPower(device: HomeDevice, network: HomeNetwork): void {
  let was = true
  device.onChange = () => {
    const is = !('isPowered' in device.device) || device.device.isPowered === true
    if (is === was) return
    was = is
    network.setPowered(device.id, is)
  }
}

/** Devices that tell when they have become members of a network: 8183. facts 8. */
const tellsThatItJoined: readonly DeviceName[] = ['esme', 'gsme']

/** How a device with firmware takes part in the network: it belongs to one, until it is reset. B14. */
export const membershipOf = (device: HomeDevice): Required<Pick<NetworkNode, 'belongs' | 'joined'>> => ({
  belongs(extendedPanId) {
    const present = networkOf(device.device)
    return !present || equalBytes(present, extendedPanId)
  },
  joined(extendedPanId) {
    const isNew = networkOf(device.device) === undefined
    device.change((firmware) => {
      joinNetwork(firmware, extendedPanId)
      if (isNew && tellsThatItJoined.includes(device.name)) raise(firmware, 'deviceJoinedSmhan')
      firmware.save()
    })
  },
})
