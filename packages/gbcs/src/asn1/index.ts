import type { Asn1 } from './codec.js'
import * as credentials from './credentials.js'
import * as firmware from './firmware.js'
import * as joining from './joining.js'

export {
  type Asn1,
  type Asn1KeyUsage,
  type Asn1Value,
  type Decoded,
  decodeAsn1,
  encodeAsn1,
  type LengthForm,
} from './codec.js'
export * from './credentials.js'
export * from './firmware.js'
export * from './joining.js'
export * from './time.js'

interface Payloads {
  readonly command?: Asn1<any>
  readonly response?: Asn1<any>
  readonly alert?: Asn1<any>
}
const update = { command: credentials.updateCommand, response: credentials.updateResponse }
const details = { command: credentials.detailsCommand, response: credentials.detailsResponse }
const join = { command: joining.joinCommand, response: joining.joinResponse }
const unjoin = { command: joining.unjoinCommand, response: joining.unjoinResponse }

/** ASN.1 payloads by message code. facts section 7. */
export const asn1Payloads: ReadonlyMap<number, Payloads> = new Map<number, Payloads>([
  [0x0008, details],
  [0x011b, details],
  ...Array.from({ length: 10 }, (_, mode): [number, Payloads] => [0x0100 + mode, update]),
  [0x0125, update],
  [0x0126, update],
  [0x000a, { command: credentials.issueCommand, response: credentials.issueResponse }],
  [0x000b, { command: credentials.deviceCertificateCommand, response: credentials.deviceCertificateResponse }],
  [0x000c, { command: credentials.provideCertificateCommand, response: credentials.provideCertificateResponse }],
  [0x000d, join],
  [0x00ab, join],
  [0x000e, join],
  [0x00af, join],
  [0x000f, unjoin],
  [0x0010, unjoin],
  [0x0012, { command: firmware.activateCommand, response: firmware.activateResponse }],
  [0x0013, { command: joining.joinDetailsCommand, response: joining.joinDetailsResponse }],
  [0x007f, { command: firmware.setClockCommand, response: firmware.setClockResponse }],
  [0x008c, { command: joining.restoreLogCommand, response: joining.restoreLogResponse }],
  [0x0129, { command: firmware.versionCommand, response: firmware.versionResponse }],
  [0x00b2, { alert: joining.backupLogAlert }],
  [0x00ca, { alert: firmware.activateAlert }],
  [0x00cb, { alert: credentials.updateAlert }],
  [0x0124, { alert: credentials.updateAlert }],
  [0x0128, { alert: firmware.transferAlert }],
  [0x012b, { alert: firmware.versionAlert }],
])
