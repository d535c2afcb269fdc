import {
  attributeItem,
  type AttributeValue,
  clusterKey,
  type HanFields,
  type HanReply,
  type han,
  type ZclAnswer,
  ZclError,
} from '@smets2-sim/firmware'
import { type Cluster, zclStatus } from '@smets2-sim/zcl'
import type { GasHome } from './home.js'

type Rows = Readonly<Record<string, (home: GasHome) => AttributeValue | undefined>>

/** Rows of attributes that are what the mirror holds: none until the gas meter has told them. */
export const mirrored = <C extends Cluster>(cluster: C, ...names: readonly (keyof C['attributes'] & string)[]): Rows =>
  Object.fromEntries(
    names.map((name) => [
      name,
      ({ device }: GasHome) => {
        const view = device.profile.zcl?.attributes.get(`${clusterKey(cluster)}.${name}`)
        return view ? view.get({ device, now: device.now }) : device.items.read(attributeItem(cluster, name))
      },
    ]),
  )

/** A read that the proxy answers at home as it answers it to parties outside. */
export const asOutside = (cluster: Cluster, command: string): han.ServedCommand<GasHome> => ({
  from: ['ppmid', 'type2'],
  handle({ device }, fields: HanFields): HanReply {
    const row = device.profile.zcl?.commands.get(`${clusterKey(cluster)}.${command}`)
    if (!row) return zclStatus.unsupportedClusterCommand
    try {
      return replyOf(row.handle({ device, now: device.now }, fields))
    } catch (error) {
      if (error instanceof ZclError) return error.status
      throw error
    }
  },
})

/** One command is an answer here: what would be more is asked for anew. */
function replyOf(answer: ZclAnswer): HanReply {
  if (!answer) return zclStatus.success
  if ('status' in answer) return answer.status
  const [first] = Array.isArray(answer) ? (answer as readonly { command: string; fields: HanFields }[]) : []
  return first ? { name: first.command, fields: first.fields } : zclStatus.notFound
}
