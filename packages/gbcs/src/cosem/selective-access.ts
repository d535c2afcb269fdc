import { GbcsError } from '@smets2-sim/bytes'
import {
  arrayOf,
  anyData,
  type Data,
  decodeDateTime,
  encodeDateTime,
  i8,
  octets,
  structure,
  u16,
  u32,
  type UtcSeconds,
} from '@smets2-sim/cosem'

/** Bounds of a read of a log by time, both inclusive (our decision; facts 5.3 leaves it open). */
export interface TimeRange {
  readonly from: UtcSeconds
  readonly to: UtcSeconds
}

/** Access selector of the range descriptor. */
export const RANGE_SELECTOR = 1

const rangeDescriptor = structure({
  restricting: structure({ classId: u16, logicalName: octets(6), attribute: i8, dataIndex: u16 }),
  from: u32,
  to: u32,
  selectedValues: arrayOf(anyData, 0),
})
/** The time stamp of a log entry: class 1, 0-0:94.44.100.255, attribute 2. */
const timestampObject = Uint8Array.of(0x00, 0x00, 0x5e, 0x2c, 0x64, 0xff)

/** Range descriptor of a plain log read. facts 5.3. */
export const encodeRange = (range: TimeRange): Data =>
  rangeDescriptor.encode({
    restricting: { classId: 1, logicalName: timestampObject, attribute: 2, dataIndex: 0 },
    from: range.from,
    to: range.to,
    selectedValues: [],
  })

/** @throws GbcsError when it is no range over the time stamp */
export function decodeRange(selector: number, parameters: Data): TimeRange {
  if (selector !== RANGE_SELECTOR)
    throw new GbcsError('invalidValue', `access selector ${selector}, expected 1 (range)`)
  const { restricting, from, to } = rangeDescriptor.decode(parameters)
  if (
    restricting.classId !== 1 ||
    restricting.attribute !== 2 ||
    restricting.dataIndex !== 0 ||
    restricting.logicalName.some((octet, i) => octet !== timestampObject[i])
  )
    throw new GbcsError('invalidValue', 'the range restricts another object than the time stamp of the log')
  return { from, to }
}

const dateTimeRange = structure({ from: octets(12), to: octets(12) })
/** The date range of a protected read: two 12-octet date-times. facts 5.4. */
export const encodeDateTimeRange = (range: TimeRange): Data =>
  dateTimeRange.encode({ from: encodeDateTime(range.from), to: encodeDateTime(range.to) })

export function decodeDateTimeRange(data: Data): TimeRange {
  const { from, to } = dateTimeRange.decode(data)
  return { from: decodeDateTime(from).time, to: decodeDateTime(to).time }
}
