import type { Feed, Frame } from '@smets2-sim/serial'
import { metering } from '@smets2-sim/zcl'
import type { Premises } from '../premises/premises.js'
import { servedBy } from '../premises/served-clusters.js'

/** Meters of a home, and which attributes of their metering cluster are reported. */
const reported = {
  esme: ['currentSummationDelivered', 'instantaneousDemand'],
  gpf: ['currentSummationDelivered'],
} as const

/** What meter and gas proxy show the home now, as reports on a line. What has no value yet is left out. */
export function reportsOf(premises: Premises): Frame[] {
  premises.world.catchUp()
  return Object.entries(reported).flatMap(([name, attributes]): Frame[] => {
    const device = premises.devices.get(name as keyof typeof reported)
    if (!device || (name === 'gpf' && !premises.config.gas)) return []
    device.change((firmware) => firmware.tick())
    const served = servedBy(device.device)
    const values = attributes.flatMap((attribute): [number, number][] => {
      const value = served?.read(metering, attribute)
      return typeof value === 'number' ? [[metering.attributes[attribute].id, value]] : []
    })
    if (values.length === 0) return []
    return [
      { type: 'report', seq: 0, report: { device: device.id, cluster: metering.id, attributes: new Map(values) } },
    ]
  })
}

/** Reports what the meters show every so many real seconds, to whoever speaks `slip`. */
export const reportFeed =
  (premises: Premises, everyS: number): Feed<Frame> =>
  (send) => {
    const timer = setInterval(() => reportsOf(premises).forEach(send), everyS * 1000)
    return () => clearInterval(timer)
  }
