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
import { joinTimeouts } from './device-log/join-window.js'
import { relayTimeouts } from './relay/hub-relay.js'
import { airTimeAges } from './sub-ghz/duty-cycle.js'
import { clockWatch } from './time/time-source.js'
import { views } from './views.js'

const useCases = useCasesOf(allUseCases(), 'chf')

/** What the communications hub function is made of. */
export const chfProfile: DeviceProfile = {
  kind: 'chf',
  useCases,
  cells: [...standardCells, ...wanProviderCells],
  logs: { ...commonLogs, 'subGhzChannelLog.buffer': ringLog(100) },
  alertLogs: commonAlertLogs,
  alertPayload: 'dlms',
  cosem: { members: membersOf(useCases.values()), views, activations: new Map() },
  processes: [joinTimeouts, airTimeAges, relayTimeouts, clockWatch],
  asn1: standardAsn1,
}
