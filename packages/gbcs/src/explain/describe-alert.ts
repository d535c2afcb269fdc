import { alertOf } from '../alerts/index.js'
import { codeText, type JsonObject } from './json.js'

/** Code, name and title of an alert; the name is null for a code that no table knows. */
export function describeAlert(code: number): JsonObject {
  const row = alertOf(code)
  return { alertCode: codeText(code), alert: row?.name ?? null, ...(row && { title: row.title }) }
}

/** Names under which the published tables list alerts; those of executions count where the command is not known. */
const alertUseCases: ReadonlyMap<number, string> = new Map([
  [0x0018, 'CS14'],
  [0x0061, 'ECS68'],
  [0x0067, 'ECS80'],
  [0x008b, 'GCS53'],
  [0x00b2, 'GCS62'],
  [0x00ca, 'CS06'],
  [0x00cb, 'FD-Credentials'],
  [0x00cc, 'FD-DLMS'],
  [0x00cd, 'FD-GBZ'],
  [0x00ce, 'FDRA-DLMS'],
  [0x00cf, 'FDRA-ZigBee'],
  [0x00d5, 'CHF-FailToDeliver'],
  [0x00f0, 'MIIWA-DLMS'],
  [0x00f2, 'MIIWA-ZigBee'],
  [0x0110, 'DBCH06'],
  [0x0111, 'DBCH07'],
  [0x0112, 'DBCH08'],
  [0x0113, 'DBCH09'],
  [0x0114, 'DBCH10'],
  [0x0115, 'DBCH11'],
  [0x0120, 'ECS100'],
  [0x0121, 'ECS101'],
  [0x0122, 'ECS102'],
  [0x0123, 'ECS200'],
  [0x0124, 'FD-LoadController'],
  [0x0128, 'CCS08'],
  [0x012b, 'CS09'],
  [0x1000, 'GCA'],
  [0x1001, 'GNCA'],
])
export const alertUseCase = (messageCode: number): string | undefined => alertUseCases.get(messageCode)
