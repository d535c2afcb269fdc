import { allUseCases } from '@smets2-sim/gbcs'
import { clusters, metering } from '@smets2-sim/zcl'
import {
  commonAlertLogs,
  commonLogs,
  type DeviceProfile,
  eventLogs,
  gasLogs,
  gasReads,
  gasWrites,
  numberItem,
  ownEventLogs,
  standardAsn1,
  standardCells,
  topUpCell,
  useCasesOf,
  zclTables,
} from '@smets2-sim/firmware'
import { identity } from './identity.js'

const register = numberItem(metering, 'currentSummationDelivered')

/** What every gas meter is made of. */
export const gsmeProfile: DeviceProfile = {
  kind: 'gsme',
  useCases: useCasesOf(allUseCases(), 'gsme'),
  cells: [...standardCells, topUpCell],
  logs: { ...commonLogs, ...gasLogs },
  alertLogs: commonAlertLogs,
  alertPayload: 'gbz',
  zcl: {
    clusters: [...clusters.values()],
    ...zclTables(
      ...gasReads(() => 0),
      ...gasWrites(({ items }) => items.read(register)),
      eventLogs(ownEventLogs),
      identity,
    ),
  },
  asn1: standardAsn1,
}
