import { GbcsError, type Reader, type Writer } from '@smets2-sim/bytes'

/** A COSEM logical name in the notation of OBIS: `0-0:96.1.4.255`. */
export type LogicalName = string & { readonly __logicalName: unique symbol }

const pattern = /^(\d+)-(\d+):(\d+)\.(\d+)\.(\d+)(?:\.(\d+))?$/

/** Checks the notation; a missing sixth group is 255. */
export function logicalName(obis: string): LogicalName {
  const groups = pattern
    .exec(obis)
    ?.slice(1)
    .map((group) => (group === undefined ? 255 : Number(group)))
  if (!groups || groups.some((group) => group > 255))
    throw new GbcsError('invalidValue', `${JSON.stringify(obis)} is not a logical name like 0-0:96.1.4.255`)
  return format(groups)
}

function format(groups: ArrayLike<number>): LogicalName {
  return `${groups[0]}-${groups[1]}:${groups[2]}.${groups[3]}.${groups[4]}.${groups[5]}` as LogicalName
}

export const logicalNameBytes = (name: LogicalName): Uint8Array => Uint8Array.from(name.split(/[-:.]/), Number)
export function logicalNameOf(bytes: Uint8Array): LogicalName {
  if (bytes.length !== 6) throw new GbcsError('invalidLength', `a logical name has 6 octets, found ${bytes.length}`)
  return format(bytes)
}
export const readLogicalName = (reader: Reader): LogicalName => format(reader.take(6, 'logical name'))
export const writeLogicalName = (writer: Writer, name: LogicalName): Writer => writer.bytes(logicalNameBytes(name))
