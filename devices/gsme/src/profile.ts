import { allUseCases } from '@smets2-sim/gbcs'
import { clusters } from '@smets2-sim/zcl'
import {
  commonAlertLogs,
  commonLogs,
  type DeviceProfile,
  eventLogs,
  gasLogs,
  gasReads,
  gasWrites,
  noValve,
  ownEventLogs,
  standardAsn1,
  standardCells,
  topUpCell,
  useCasesOf,
  zclTables,
} from '@smets2-sim/firmware'
import { primeBillingData } from './billing.js'
import { meterCommands, supplierReplaced } from './commands.js'
import { creditStatus } from './credit-status.js'
import { refurbish } from './flow.js'
import { identity } from './identity.js'
import { blockConsumption, register } from './metering.js'
import { processes } from './processes.js'

const servers = [
  ...gasReads(blockConsumption),
  ...gasWrites(({ items }) => items.read(register)),
  eventLogs(ownEventLogs),
  identity,
  creditStatus,
]
const withFollowing = [...servers, meterCommands(zclTables(...servers).commands)]

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
    ...zclTables(...withFollowing),
    billingDataUpdated: primeBillingData,
  },
  asn1: standardAsn1,
  credentialsReplaced: supplierReplaced,
  refurbish,
  processes,
}

/** A gas meter without a valve, for premises other than homes: it answers orders to the valve with an error. */
export const valvelessProfile: DeviceProfile = {
  ...gsmeProfile,
  zcl: { ...(gsmeProfile.zcl as NonNullable<DeviceProfile['zcl']>), ...zclTables(...withFollowing, noValve) },
}
