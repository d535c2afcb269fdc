import { Reader, Writer } from '@smets2-sim/bytes'

/** A ZCL frame: its header, and the payload that the command tables explain. */
export interface ZclFrame {
  /** All bits as they stand on the wire: type (2), manufacturer specific, direction, disable default response. */
  readonly frameControl: number
  /** Only when the frame control says so. */
  readonly manufacturerCode?: number
  readonly sequence: number
  readonly commandId: number
  readonly payload: Uint8Array
}

const CLUSTER_SPECIFIC = 0x01
const MANUFACTURER_SPECIFIC = 0x04
const FROM_SERVER = 0x08
/** Bit that asks for no default response. */
export const DISABLE_DEFAULT_RESPONSE = 0x10

/** A command of the cluster itself, or one of the foundation that every cluster has. */
export const isClusterCommand = (frame: Pick<ZclFrame, 'frameControl'>): boolean =>
  (frame.frameControl & 3) === CLUSTER_SPECIFIC
/** Sent by the server of the cluster to its client. */
export const isFromServer = (frame: Pick<ZclFrame, 'frameControl'>): boolean => (frame.frameControl & FROM_SERVER) !== 0

export function frameControl(options: {
  cluster: boolean
  fromServer: boolean
  disableDefaultResponse?: boolean
}): number {
  return (
    (options.cluster ? CLUSTER_SPECIFIC : 0) |
    (options.fromServer ? FROM_SERVER : 0) |
    (options.disableDefaultResponse ? DISABLE_DEFAULT_RESPONSE : 0)
  )
}

export function readFrame(reader: Reader): ZclFrame {
  const control = reader.u8('frame control')
  const manufacturerCode = control & MANUFACTURER_SPECIFIC ? reader.uintLe(2, 'manufacturer code') : undefined
  const sequence = reader.u8('transaction sequence number')
  const commandId = reader.u8('command identifier')
  return {
    frameControl: control,
    ...(manufacturerCode !== undefined && { manufacturerCode }),
    sequence,
    commandId,
    payload: reader.rest(),
  }
}
export const decodeFrame = (bytes: Uint8Array): ZclFrame => readFrame(new Reader(bytes))

export function writeHeader(writer: Writer, frame: Omit<ZclFrame, 'payload'>): Writer {
  writer.u8(frame.frameControl)
  if (frame.manufacturerCode !== undefined) writer.uintLe(2, frame.manufacturerCode)
  return writer.u8(frame.sequence).u8(frame.commandId)
}
export const encodeFrame = (frame: ZclFrame): Uint8Array =>
  writeHeader(new Writer(frame.payload.length + 8), frame)
    .bytes(frame.payload)
    .done()
