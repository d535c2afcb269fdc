import { electricityHomeOf, electricityServers, Esme, serveElectricity } from '@smets2-sim/esme'
import type { Device, HanReceiver } from '@smets2-sim/firmware'
import { gasServers, serveGas } from '@smets2-sim/gpf'
import { Hcalcs } from '@smets2-sim/hcalcs'
import { Ppmid } from '@smets2-sim/ppmid'
import { type Cluster, demandResponse, events, messaging, metering, zclStatus } from '@smets2-sim/zcl'
import type { ZclEnds } from '../network/home-network.js'
import type { HomeDevice } from './home-device.js'
import { gasReadingsOf } from './served-clusters.js'

/** Clusters of which displays are clients that are told something. */
export const displayClients: readonly Cluster[] = [metering, messaging, events]

const clustersOf = (servers: readonly { readonly cluster: Cluster }[]): Cluster[] =>
  servers.map(({ cluster }) => cluster)
/** Of which clusters a device of a home is server or client. facts 10.7. */
function rolesOf(device: Device): Omit<ZclEnds, 'receiver'> | undefined {
  if (device instanceof Esme) return { servers: clustersOf(electricityServers), clients: [] }
  if (device instanceof Ppmid) return { servers: [], clients: displayClients }
  if (device instanceof Hcalcs) return { servers: [], clients: [demandResponse] }
  return device.kind === 'gpf' ? { servers: clustersOf(gasServers), clients: [] } : undefined
}

const receivers = new WeakMap<Device, HanReceiver>()
function receiverOf(device: Device): HanReceiver {
  const known = receivers.get(device)
  if (known) return known
  const made = makeReceiver(device)
  receivers.set(device, made)
  return made
}
function makeReceiver(device: Device): HanReceiver {
  if (device instanceof Esme) return serveElectricity(device, electricityHomeOf(device))
  if (device instanceof Ppmid || device instanceof Hcalcs) return device.receiver
  return serveGas(device, gasReadingsOf(device))
}

/** What a device of a home does with ZCL that arrives: at the present, in the state that it has then; undefined for none. */
export function zclEndsOf(device: HomeDevice): ZclEnds | undefined {
  const roles = rolesOf(device.device)
  if (!roles) return undefined
  const now = <T>(body: (receiver: HanReceiver) => T): T =>
    device.change((firmware) => {
      firmware.tick()
      return body(receiverOf(firmware))
    })
  const { unsupportedClusterCommand, readOnly } = zclStatus
  return {
    ...roles,
    receiver: {
      read: (...args) => now((receiver) => receiver.read?.(...args)),
      write: (...args) => now((receiver) => receiver.write?.(...args) ?? readOnly),
      command: (...args) => now((receiver) => receiver.command?.(...args) ?? unsupportedClusterCommand),
      published: (...args) => now((receiver) => receiver.published?.(...args) ?? unsupportedClusterCommand),
      reported: (...args) => now((receiver) => receiver.reported?.(...args)),
    },
  }
}
