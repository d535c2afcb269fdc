import { allUseCases } from '@smets2-sim/gbcs'
import {
  commonAlertLogs,
  commonLogs,
  type DeviceProfile,
  loadControllerCells,
  standardAsn1,
  standardCells,
  useCasesOf,
} from '@smets2-sim/firmware'

const useCases = useCasesOf(allUseCases(), 'hcalcs')

/** What a load switch is made of. */
export const hcalcsProfile: DeviceProfile = {
  kind: 'hcalcs',
  useCases,
  cells: [...standardCells, ...loadControllerCells],
  logs: commonLogs,
  alertLogs: commonAlertLogs,
  alertPayload: 'dlms',

  asn1: standardAsn1,
}
