import { type Eui64, eui64, eui64Bytes, Reader, Writer } from '@smets2-sim/bytes'
import {
  bits,
  type LogicalName,
  mapped,
  octets,
  readLogicalName,
  type Schema,
  structure,
  u8,
  utf8Text,
  writeLogicalName,
} from '@smets2-sim/cosem'
import { panState, subGhzSettings } from '../objects/shapes.js'

// What the alerts of devices that speak COSEM say besides code and time. facts 3.5, 4.2.

/** The execution of a future-dated command: the command, and the attribute that held its time. */
export interface CosemExecution {
  readonly messageCode: number
  readonly originatorCounter: bigint
  readonly classId: number
  readonly logicalName: LogicalName
  readonly attribute: number
}
const execution = mapped<Uint8Array, CosemExecution>(
  octets(19),
  (bytes) => {
    const reader = new Reader(bytes)
    return {
      messageCode: reader.u16('message code'),
      originatorCounter: reader.u64('originator counter'),
      classId: reader.u16('class id'),
      logicalName: readLogicalName(reader),
      attribute: reader.i8('attribute'),
    }
  },
  (e) =>
    writeLogicalName(new Writer(19).u16(e.messageCode).u64(e.originatorCounter).u16(e.classId), e.logicalName)
      .i8(e.attribute)
      .done(),
)

/** A message that did not reach its device. */
export interface LostMessage {
  readonly originator: Eui64
  readonly target: Eui64
  /** 1 command, 2 response, 3 alert. */
  readonly craFlag: number
  readonly originatorCounter: bigint
}
const lostMessage = mapped<Uint8Array, LostMessage>(
  octets(25),
  (bytes) => {
    const reader = new Reader(bytes)
    return {
      originator: eui64(reader.take(8, 'originator')),
      target: eui64(reader.take(8, 'target')),
      craFlag: reader.u8('CRA flag'),
      originatorCounter: reader.u64('originator counter'),
    }
  },
  (m) =>
    new Writer(25)
      .bytes(eui64Bytes(m.originator))
      .bytes(eui64Bytes(m.target))
      .u8(m.craFlag)
      .u64(m.originatorCounter)
      .done(),
)

/** A command that a device cannot execute. */
export interface RefusedCommand {
  readonly messageCode: number
  readonly originatorCounter: bigint
}
const refusedCommand = mapped<Uint8Array, RefusedCommand>(
  octets(10),
  (bytes) => {
    const reader = new Reader(bytes)
    return { messageCode: reader.u16('message code'), originatorCounter: reader.u64('originator counter') }
  },
  (c) => new Writer(10).u16(c.messageCode).u64(c.originatorCounter).done(),
)

/** Why a meter doubts its integrity: 0 other, 1 memory, 2 execution, 3 storage, 4 RAM, 5 reset, 6 watchdog, 7 firmware, 8 measurement, 9 unspecified. */
const integrityReason = mapped(
  octets(2),
  (bytes) => new Reader(bytes).u16('reason'),
  (reason) => new Writer(2).u16(reason).done(),
)

const deviceId = { deviceId: octets(8) }

/** Elements after code and time, by message code; the one of 0x0061 is sealed, those of generic alerts are none. */
export const notificationContent = {
  0x0018: structure({ deviceLog: panState }),
  0x0067: structure({ interrupted: octets(12), restored: octets(12) }),
  0x00cc: structure({ execution }),
  0x00ce: structure({ manufacturerImageHash: octets(32) }),
  0x00d5: structure({ message: lostMessage }),
  0x00f0: structure({ reason: integrityReason }),
  0x0110: structure(deviceId),
  0x0111: structure({ channel: structure({ channels: bits(32), result: octets(1) }) }),
  0x0112: structure({ assessment: structure({ request: octets(1), outcome: octets(1) }) }),
  0x0113: structure({ settings: subGhzSettings }),
  0x0114: structure({ message: lostMessage }),
  0x0115: structure(deviceId),
  0x0120: structure({ command: refusedCommand }),
  /** Direction and number of the controller in one octet, the period, and the level. */
  0x0121: structure({ directionAndNumber: u8, start: octets(12), end: octets(12), level: u8 }),
  0x0122: structure({ directionAndNumber: u8, level: u8 }),
  0x0123: structure({ update: utf8Text() }),
} as const satisfies Readonly<Record<number, Schema<any>>>

/** The type of the elements of an alert, or undefined when it has none. */
export const notificationContentOf = (messageCode: number): Schema<any> | undefined =>
  (notificationContent as Readonly<Record<number, Schema<any>>>)[messageCode]
