import { toHex } from '@smets2-sim/bytes'

const two = (octet: number): string => (octet === 0xff ? '*' : String(octet).padStart(2, '0'))
const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] as number) * 256 + (bytes[at + 1] as number)

/** `2026-01-31`, with `*` for what is not specified and the day of the week where it is: `*-*-* (day 1)`. */
export function dateText(date: Uint8Array): string {
  const [year, dayOfWeek] = [u16(date, 0), date[4] as number]
  const text = `${year === 0xffff ? '*' : String(year).padStart(4, '0')}-${two(date[2] as number)}-${two(date[3] as number)}`
  return dayOfWeek === 0xff ? text : `${text} (day ${dayOfWeek})`
}

/** `23:59:59`, with hundredths where they are not 0 or not specified. */
export function timeText(time: Uint8Array): string {
  const hundredths = time[3] as number
  const text = [...time.subarray(0, 3)].map(two).join(':')
  return hundredths === 0 || hundredths === 0xff ? text : `${text}.${two(hundredths)}`
}

const special: Readonly<Record<string, string>> = {
  '0000000000000000008000ff': 'now',
  ffffffffffffffffff8000ff: 'never',
}
/**
 * A 12-octet DLMS date-time for people: `2026-01-01T00:00:00Z`, with `*` for what is not specified. All times of
 * GBCS are UTC. `now` and `never` are the two of facts 3.2; never is what cancels a command.
 */
export function dateTimeText(bytes: Uint8Array): string {
  const known = special[toHex(bytes)]
  if (known) return known
  const deviation = u16(bytes, 9)
  const zone = deviation === 0x8000 || deviation === 0 ? 'Z' : ` (deviation ${(deviation << 16) >> 16} min)`
  return `${dateText(bytes.subarray(0, 5))}T${timeText(bytes.subarray(5, 9))}${zone}`
}
/** Whether octets are a date-time of GBCS: 12 of them, the deviation not specified. */
export const isDateTime = (bytes: Uint8Array): boolean => bytes.length === 12 && u16(bytes, 9) === 0x8000
