import { allUseCases } from '@smets2-sim/gbcs'
import {
  commonAlertLogs,
  commonLogs,
  type DeviceProfile,
  membersOf,
  ringLog,
  standardAsn1,
  standardCells,
  useCasesOf,
  wanProviderCells,
} from '@smets2-sim/firmware'

const useCases = useCasesOf(allUseCases(), 'chf')

/** What the communications hub function is made of. */
export const chfProfile: DeviceProfile = {
  kind: 'chf',
  useCases,
  cells: [...standardCells, ...wanProviderCells],
  logs: { ...commonLogs, 'subGhzChannelLog.buffer': ringLog(100) },
  alertLogs: commonAlertLogs,
  alertPayload: 'dlms',
  cosem: { members: membersOf(useCases.values()), views: new Map(), activations: new Map() },
  asn1: standardAsn1,
}
