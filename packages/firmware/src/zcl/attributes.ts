import { type Cluster, zclStatus } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { type AttributeValue, clusterKey, type ZclContext, ZclError, type ZclProfile } from './profile.js'

/** The data item of an attribute: `metering.currentSummationDelivered`. Undefined until it has a value. */
export const attributeItem = (cluster: Cluster, name: string): Item<AttributeValue | undefined> =>
  item(`${clusterKey(cluster)}.${name}`, undefined)

const initialOf = (type: number): AttributeValue =>
  type === 0x27 ? 0n : type === 0x41 || type === 0x42 ? new Uint8Array(0) : type === 0xf0 ? '0000000000000000' : 0

interface NamedAttribute {
  readonly name: string
  readonly type: number
}
const byId = new WeakMap<Cluster, ReadonlyMap<number, NamedAttribute>>()
/** Name and type of an attribute by its identifier. */
export function attributeById(cluster: Cluster, id: number): NamedAttribute | undefined {
  let rows = byId.get(cluster)
  if (!rows) {
    rows = new Map(Object.entries(cluster.attributes).map(([name, { id, type }]) => [id, { name, type }]))
    byId.set(cluster, rows)
  }
  return rows.get(id)
}

/** Value of an attribute, or a ZclError unsupported attribute. */
export function readZclAttribute(
  profile: ZclProfile,
  context: ZclContext,
  cluster: Cluster,
  id: number,
): { type: number; value: AttributeValue } {
  const attribute = attributeById(cluster, id)
  if (!attribute) throw new ZclError(zclStatus.unsupportedAttribute)
  const view = profile.attributes.get(`${clusterKey(cluster)}.${attribute.name}`)
  const value = view ? view.get(context) : context.device.items.read(attributeItem(cluster, attribute.name))
  return { type: attribute.type, value: value ?? initialOf(attribute.type) }
}

/** Makes an attribute have a value. For test benches and for what a device learns from another. */
export function primeZclAttribute(device: Device, cluster: Cluster, id: number, value: AttributeValue): void {
  const attribute = attributeById(cluster, id)
  if (!attribute) throw new ZclError(zclStatus.unsupportedAttribute)
  const view = device.profile.zcl?.attributes.get(`${clusterKey(cluster)}.${attribute.name}`)
  if (view?.prime) view.prime({ device, now: device.now }, value)
  else device.items.write(attributeItem(cluster, attribute.name), value)
}
