import { allUseCases } from '@smets2-sim/gbcs'
import { clusters } from '@smets2-sim/zcl'
import {
  commonAlertLogs,
  commonLogs,
  type DeviceProfile,
  standardAsn1,
  standardCells,
  topUpCell,
  useCasesOf,
} from '@smets2-sim/firmware'

const useCases = useCasesOf(allUseCases(), 'gsme')

/** What every gas meter is made of. */
export const gsmeProfile: DeviceProfile = {
  kind: 'gsme',
  useCases,
  cells: [...standardCells, topUpCell],
  logs: commonLogs,
  alertLogs: commonAlertLogs,
  alertPayload: 'gbz',
  zcl: { clusters: [...clusters.values()], attributes: new Map(), commands: new Map(), learns: new Map() },
  asn1: standardAsn1,
}
