import type { CommandDefinition, FieldsValue } from '@smets2-sim/zcl'
import { type Cluster, zclStatus } from '@smets2-sim/zcl'
import { type Item, item } from '../state/item-store.js'
import { clusterKey, ZclError } from './profile.js'

/** Fields of a command, as its table types them. */
export type FieldsOf<C extends CommandDefinition> = FieldsValue<C['fields']>

/** A number that is kept under the name of its attribute: 0 until it has a value. */
export const numberItem = <C extends Cluster>(cluster: C, name: keyof C['attributes'] & string): Item<number> =>
  item(`${clusterKey(cluster)}.${name}`, 0)

/** Nothing to answer with. */
export const notFound = { status: zclStatus.notFound } as const

/** Ends a command when a field has a value that is not allowed. */
export function refuseUnless(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ZclError(zclStatus.invalidValue, message)
}
