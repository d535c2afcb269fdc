import type { Eui64 } from '@smets2-sim/bytes'
import { deviceType } from '@smets2-sim/gbcs'
import { type Cluster, zclStatus } from '@smets2-sim/zcl'
import { raise } from '../alerts/raise.js'
import { type DeviceLogEntry, inDeviceLog } from '../credentials/device-log.js'
import type { Device } from '../device.js'
import type { HanCommand, HanFields, HanReceiver, HanReply } from '../han-port.js'
import type { AttributeValue } from '../zcl/profile.js'
import { refuseAccess } from './refuse.js'

/** Devices that use what a meter serves. An in-home display is of type 2. */
export type HanClient = keyof Pick<typeof deviceType, 'ppmid' | 'hcalcs' | 'type2'>

/** A command that a device executes for others of its home. */
export interface ServedCommand<S> {
  /** Who may send it. From anyone else it is refused and leaves a trace. facts 10.8. */
  readonly from: readonly HanClient[]
  /** Message code under which the event log keeps it; a command that only reads leaves no trace. facts 10.8. */
  readonly messageCode?: number
  handle(source: S, fields: HanFields, from: DeviceLogEntry): HanReply
}

/** What a device serves of a cluster: every attribute and every command is one row. */
export interface ServedCluster<S> {
  readonly cluster: Cluster
  readonly attributes: Readonly<Record<string, (source: S) => AttributeValue | undefined>>
  readonly commands: Readonly<Record<string, ServedCommand<S>>>
}

/** Declares what is served; the compiler checks the names against the cluster's table. */
export const servedCluster = <S, C extends Cluster>(
  cluster: C,
  rows: {
    readonly attributes?: { readonly [K in keyof C['attributes']]?: (source: S) => AttributeValue | undefined }
    readonly commands?: { readonly [K in keyof C['toServer']]?: ServedCommand<S> }
  },
): ServedCluster<S> => ({
  cluster,
  attributes: (rows.attributes ?? {}) as ServedCluster<S>['attributes'],
  commands: (rows.commands ?? {}) as ServedCluster<S>['commands'],
})

/**
 * The servers of a device. Only devices in its device log get anything; a row decides who may send a command; nobody
 * writes attributes. What is not allowed has no effect and leaves a trace in the security log.
 */
export function serve<S>(device: Device, source: S, clusters: readonly ServedCluster<S>[]): HanReceiver {
  const byId = new Map(clusters.map((served) => [served.cluster.id, served]))
  const entryOf = (id: Eui64): DeviceLogEntry | undefined => inDeviceLog(device, id)
  const refuse = (): number => {
    refuseAccess(device)
    return zclStatus.notAuthorised
  }
  return {
    read(from, { id }, name) {
      return entryOf(from) && byId.get(id)?.attributes[name]?.(source)
    },
    write: () => refuse(),
    command(from, { cluster, name, fields }: HanCommand) {
      const row = byId.get(cluster.id)?.commands[name]
      const entry = entryOf(from)
      if (!entry || !row || !row.from.some((client) => deviceType[client] === entry.deviceType)) return refuse()
      const reply = row.handle(source, fields, entry)
      if (row.messageCode !== undefined) logCommand(device, row.messageCode, succeeded(reply))
      return reply
    },
  }
}

/** Whether a reply says that the command was executed; that nothing was found is an answer too. */
function succeeded(reply: HanReply): boolean {
  if (typeof reply === 'number') return reply === zclStatus.success || reply === zclStatus.notFound
  const result = reply.fields['resultType'] as number | undefined
  return result === undefined || result === 0 || result >= FIRST_ACCEPTED_WITH_SUPPLY
}
/** Result types of a top-up from here on say that it was accepted, and what of the supply. gbz_commands.json. */
const FIRST_ACCEPTED_WITH_SUPPLY = 0x10

/** A command from another device of the home leaves an event with its message code. facts 2.1 step 8, 10.8. */
function logCommand(device: Device, messageCode: number, ok: boolean): void {
  raise(
    device,
    ok
      ? 'immediateHanInterfaceCommandReceivedAndSuccessfullyActioned'
      : 'immediateHanInterfaceCommandReceivedButNotSuccessfullyActioned',
    { event: Uint8Array.of(messageCode >> 8, messageCode & 0xff) },
  )
}
