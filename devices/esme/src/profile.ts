import { allUseCases, eventLog, powerEventLog, securityLog } from '@smets2-sim/gbcs'
import {
  type DeviceProfile,
  loadControllerCells,
  membersOf,
  standardAsn1,
  standardCells,
  topUpCell,
  useCasesOf,
} from '@smets2-sim/firmware'
import { lacks } from './hardware.js'
import { esmeLogs } from './logs.js'
import { refurbish } from './manufacture.js'
import { activations } from './objects/activations.js'
import { views } from './objects/index.js'
import { processes } from './running/processes.js'
import { supplierChanged } from './supplier-change.js'

const useCases = useCasesOf(allUseCases(), 'esme')

/** What every electricity meter is made of. */
export const esmeProfile: DeviceProfile = {
  kind: 'esme',
  useCases,
  cells: [...standardCells, topUpCell, ...loadControllerCells],
  logs: esmeLogs,
  alertLogs: {
    event: eventLog.buffer.item,
    security: securityLog.buffer.item,
    power: powerEventLog.buffer.item,
  },
  alertPayload: 'dlms',
  cosem: { members: membersOf(useCases.values()), views, activations, lacks },
  asn1: standardAsn1,
  processes,
  refurbish,
  credentialsReplaced: supplierChanged,
}
