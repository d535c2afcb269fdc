import { allUseCases } from '@smets2-sim/gbcs'
import { clusters, metering } from '@smets2-sim/zcl'
import {
  changeOfTenancy,
  commonAlertLogs,
  commonLogs,
  type Device,
  type DeviceProfile,
  eventLogs,
  type EventLogTable,
  gasLogs,
  gasReads,
  numberItem,
  prepaymentSettings,
  ringLog,
  standardAsn1,
  standardCells,
  tenancy,
  topUpCell,
  useCasesOf,
  zclTables,
} from '@smets2-sim/firmware'
import { deviceLogChanged } from './device-log.js'
import { clockStatus, dataTime, days, setStamp } from './mirror.js'
import { tapOffDue } from './tap-off.js'

/** The logs of the proxy, and its copies of those of the meter. facts 10.11. */
const eventLogTable: EventLogTable = {
  names: { 3: 'eventLog.buffer', 4: 'securityLog.buffer', 6: 'gsmeEventLog.buffer', 7: 'gsmeSecurityLog.buffer' },
  clearable: [3, 6],
}

const blocks = ([1, 2, 3, 4] as const).map((n) => numberItem(metering, `currentNoTierBlock${n}SummationDelivered`))
/** What the meter counted in the blocks: litres, as near as a proxy comes to the unit of the thresholds. */
const blockConsumption = ({ items }: Device): number => blocks.reduce((sum, block) => sum + items.read(block), 0)

/** What the gas proxy function of a hub is made of. */
export const gpfProfile: DeviceProfile = {
  kind: 'gpf',
  useCases: useCasesOf(allUseCases(), 'gpf'),
  cells: [...standardCells, topUpCell],
  logs: {
    ...commonLogs,
    ...gasLogs,
    'gsmeEventLog.buffer': ringLog(100),
    'gsmeSecurityLog.buffer': ringLog(100),
  },
  alertLogs: commonAlertLogs,
  alertPayload: 'gbz',
  zcl: {
    clusters: [...clusters.values()],
    ...zclTables(...gasReads(blockConsumption), eventLogs(eventLogTable), changeOfTenancy, {
      learns: prepaymentSettings.learns ?? {},
    }),
    clockStatus,
    time: dataTime,
    primeMirrored: setStamp,
  },
  asn1: standardAsn1,
  deviceLogChanged,
  processes: [tapOffDue, days, tenancy],
}
