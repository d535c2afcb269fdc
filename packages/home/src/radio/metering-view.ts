import type { Eui64 } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import type { NcpDevice, NcpEvent, NcpNetworkView } from '@smets2-sim/serial'
import { type AttributeResult, type Cluster, zclStatus } from '@smets2-sim/zcl'
import type { Premises } from '../premises/premises.js'
import { servedBy, type ServedDevice } from '../premises/served-clusters.js'
import { seededEntropy } from '../world/seeded-entropy.js'
import { Reports } from './reports.js'

/** Smart Energy, and its metering device: what the descriptors of a meter and a gas proxy say. */
const SMART_ENERGY = 0x0109
const METERING_DEVICE = 0x0501
const ENDPOINT = 1
const CHANNEL = 15
const FIRST_ADDRESS = 0x1001
/** Devices of a home that serve something. */
const meters = ['esme', 'gpf'] as const

const descriptorOf = ({ id, clusters }: ServedDevice, index: number): NcpDevice => ({
  eui64: id,
  shortAddress: FIRST_ADDRESS + index,
  manufacturerCode: 0,
  kind: 'router',
  endpoints: [
    {
      id: ENDPOINT,
      profile: SMART_ENERGY,
      deviceId: METERING_DEVICE,
      deviceVersion: 0,
      inputClusters: clusters.map((cluster) => cluster.id),
      outputClusters: [],
    },
  ],
})

/**
 * A home as a program behind a radio stick sees it: electricity meter and gas proxy with what they serve, in the clear
 * and to whoever asks. It is a tool for developers: a real network shows this only to devices that have joined the meter.
 */
export function meteringView(premises: Premises): NcpNetworkView {
  const secret = seededEntropy(native, premises.config.seed, 'radio')
  const hub = premises.device('chf').id
  const present = meters.flatMap((name) => {
    // every hub has a gas proxy; without a gas meter it has nothing to show
    const device = name === 'gpf' && !premises.config.gas ? undefined : premises.devices.get(name)
    return device && servedBy(device.device) ? [device] : []
  })
  /** Made anew for every use: a device that was switched off and on is another object. */
  const serving = (id: Eui64): { readonly served: ServedDevice; tick(): void } | undefined => {
    const device = present.find((one) => one.id === id)
    const served = device && servedBy(device.device)
    return served && { served, tick: () => device.change((firmware) => firmware.tick()) }
  }
  const read = (id: Eui64, endpoint: number, clusterId: number, attribute: number): AttributeResult['data'] => {
    const found = endpoint === ENDPOINT ? serving(id) : undefined
    const cluster = found?.served.clusters.find((one) => one.id === clusterId)
    found?.tick()
    return found && cluster && valueOf(found.served, cluster, attribute)
  }
  const listeners = new Set<(event: NcpEvent) => void>()
  const reports = new Reports(premises.world, (event) => listeners.forEach((listener) => listener(event)))
  return {
    coordinator: {
      eui64: hub,
      panId: 0x1000 + ((secret.bytes(1)[0] ?? 0) << 4),
      extendedPanId: hub,
      channel: CHANNEL,
      networkKey: secret.bytes(16),
    },
    devices: () =>
      present.flatMap(({ id }, index) => {
        const found = serving(id)
        return found ? [descriptorOf(found.served, index)] : []
      }),
    readAttributes(id, endpoint, clusterId, attributes) {
      premises.world.catchUp()
      return attributes.map((attribute): AttributeResult => {
        const data = read(id, endpoint, clusterId, attribute)
        return data ? { id: attribute, status: zclStatus.success, data } : unsupported(attribute)
      })
    },
    configureReporting: (device, endpoint, cluster, wishes) =>
      wishes.map((wish) => {
        const what = { device, endpoint, cluster, read: () => read(device, endpoint, cluster, wish.attribute) }
        if (what.read() === undefined) return zclStatus.unsupportedAttribute
        reports.wish(what, wish)
        return zclStatus.success
      }),
    onEvent(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) reports.stop()
      }
    },
    permitJoin: () => undefined, // the stick lets the devices announce themselves; the home stays as it is
  }
}

const unsupported = (id: number): AttributeResult => ({ id, status: zclStatus.unsupportedAttribute })

function valueOf(served: ServedDevice, cluster: Cluster, attribute: number): AttributeResult['data'] {
  const row = Object.entries(cluster.attributes).find(([, { id }]) => id === attribute)
  const value = row && served.read(cluster, row[0])
  return row && value !== undefined ? { type: row[1].type, value } : undefined
}
