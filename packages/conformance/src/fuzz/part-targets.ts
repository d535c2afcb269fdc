import { eui64, Reader, Writer } from '@smets2-sim/bytes'
import { type Data, decodeData, encodeData, encodeDateTime, logicalName, nullData } from '@smets2-sim/cosem'
import {
  decodeAlertComponents,
  decodeDateTimeRange,
  decodeGbzAlert,
  decodeGbzExecution,
  decodeProtectedRequest,
  decodeProtectedResponse,
  decodeProtectedValues,
  decodePtut,
  decodeRange,
  encodeAlertComponents,
  encodeDateTimeRange,
  encodeGbzAlert,
  encodeGbzExecution,
  encodeProtectedRequest,
  encodeProtectedResponse,
  encodeProtectedValues,
  encodePtut,
  encodeRange,
  encryptionTransactionId,
} from '@smets2-sim/gbcs'
import { type FuzzTarget, target } from './target.js'

const device = eui64('a0b0c0d0e0f00001')
const parameters = { transactionId: encryptionTransactionId(1000n), originator: device, recipient: device }
const range = { from: 500_000_000, to: 600_000_000 }
const execution = {
  ...{ messageCode: 0x0071, originatorCounter: 1000n },
  ...{ clusterId: 0x0700, frameControl: 1, commandId: 3 },
}
/** A component of a GBZ alert: control, cluster, length, frame. */
const components = Uint8Array.of(1, 2, 0x07, 0x02, 0, 4, 0x18, 1, 1, 0)

/** A decoder of typed data, with the octets that the data comes in. */
const ofData = <T>(name: string, seeds: readonly Data[], decode: (data: Data) => T): FuzzTarget =>
  target(name, seeds.map(encodeData), (octets) => decode(decodeData(octets)))

/** Decoders of parts of a payload that other parts hide from random octets. */
export const partTargets: readonly FuzzTarget[] = [
  target(
    'gbzAlert',
    [encodeGbzAlert({ alertCode: 0x8f30, time: 1, content: components })],
    decodeGbzAlert,
    encodeGbzAlert,
  ),
  target('gbzExecution', [encodeGbzExecution(execution)], decodeGbzExecution, encodeGbzExecution),
  target('alertComponents', [components], decodeAlertComponents, encodeAlertComponents),
  target(
    'ptut',
    [new Writer(8).u64(encodePtut({ truncatedCounter: 5, valueClass: 'pounds', value: 20, mac: 1 })).done()],
    (octets) => {
      const reader = new Reader(octets)
      const bits = reader.u64('token')
      reader.end('the token')
      return decodePtut(bits)
    },
    (ptut) => new Writer(8).u64(encodePtut(ptut)).done(),
  ),
  target(
    'protectedValues',
    [encodeProtectedValues([nullData, { type: 'octetString', bytes: encodeDateTime(1) }])],
    decodeProtectedValues,
  ),
  ofData(
    'protectedRequest',
    [
      encodeProtectedRequest({
        attributes: [
          {
            classId: 7,
            logicalName: logicalName('1-0:99.1.0.255'),
            index: 2,
            restriction: { type: 0, value: nullData },
          },
        ],
        parameters,
      }),
    ],
    decodeProtectedRequest,
  ),
  ofData(
    'protectedResponse',
    [encodeProtectedResponse({ parameters, sealed: new Uint8Array(20) })],
    decodeProtectedResponse,
  ),
  ofData('range', [encodeRange(range)], (data) => decodeRange(1, data)),
  ofData('dateTimeRange', [encodeDateTimeRange(range)], decodeDateTimeRange),
]
