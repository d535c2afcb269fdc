import { type Eui64, utf8 } from '@smets2-sim/bytes'
import { electricityHomeOf, electricityServers, Esme } from '@smets2-sim/esme'
import { type AttributeValue, type Device, type han, messageToShow, supplierContact } from '@smets2-sim/firmware'
import { type GasReadings, gasServers } from '@smets2-sim/gpf'
import { basic, type Cluster } from '@smets2-sim/zcl'

/** What a device serves on the home area network, looked at from outside: every cluster, and what its attributes are now. */
export interface ServedDevice {
  readonly id: Eui64
  readonly clusters: readonly Cluster[]
  /** Undefined for an attribute that is not served, or has no value now. */
  read(cluster: Cluster, name: string): AttributeValue | undefined
}

const MAINS = 1
const ZCL_VERSION = 3
const basicOf = ({ kind }: Device): Readonly<Record<string, AttributeValue>> => ({
  zclVersion: ZCL_VERSION,
  manufacturerName: utf8('smets2-sim'),
  modelIdentifier: utf8(kind.toUpperCase()),
  powerSource: MAINS,
})

const served = <S>(device: Device, source: S, servers: readonly han.ServedCluster<S>[]): ServedDevice => ({
  id: device.id,
  clusters: [basic, ...servers.map(({ cluster }) => cluster)],
  read(cluster, name) {
    if (cluster.id === basic.id) return basicOf(device)[name]
    return servers.find((one) => one.cluster.id === cluster.id)?.attributes[name]?.(source)
  },
})

/** What a gas proxy shows its home besides its mirror. */
export const gasReadingsOf = (proxy: Device): GasReadings => ({
  message: () => messageToShow(proxy),
  supplier() {
    const { name, details } = proxy.items.read(supplierContact)
    return { name, contact: details }
  },
})

/** What a device serves to others of its home; undefined for one that only uses what others serve. */
export function servedBy(device: Device): ServedDevice | undefined {
  if (device instanceof Esme) return served(device, electricityHomeOf(device), electricityServers)
  if (device.kind !== 'gpf') return undefined
  return served(device, { device, readings: gasReadingsOf(device) }, gasServers)
}
