import { allUseCases } from '@smets2-sim/gbcs'
import {
  commonAlertLogs,
  commonLogs,
  type DeviceProfile,
  standardAsn1,
  standardCells,
  useCasesOf,
} from '@smets2-sim/firmware'

const useCases = useCasesOf(allUseCases(), 'ppmid')

/** What a prepayment display is made of. */
export const ppmidProfile: DeviceProfile = {
  kind: 'ppmid',
  useCases,
  cells: [...standardCells],
  logs: commonLogs,
  alertLogs: commonAlertLogs,
  alertPayload: 'dlms',

  asn1: standardAsn1,
}
