import { GbcsError, Reader } from '@smets2-sim/bytes'
import { codeText, type Json, type JsonObject } from './json.js'

// Inner structures of ZCL payloads that the cluster tables leave as octets.

type Fields = Readonly<Record<string, unknown>>

/** Registers of a gas meter's snapshot, by payload type: with (0, 2) and without (4, 6) the bill; 2 and 6 with blocks. */
function snapshotRegisters(octets: Uint8Array, payloadType: number): JsonObject {
  const reader = new Reader(octets)
  const many = (count: number): number[] => Array.from({ length: count }, () => reader.uintLe(6, 'summation'))
  const currentSummationDelivered = reader.uintLe(6, 'current summation')
  const bill = payloadType < 4 && {
    billToDate: reader.uintLe(4, 'bill to date'),
    billToDateTime: reader.uintLe(4, 'bill to date time'),
    projectedBill: reader.uintLe(4, 'projected bill'),
    projectedBillTime: reader.uintLe(4, 'projected bill time'),
    billTrailingDigit: reader.u8('bill trailing digit'),
  }
  const tierSummations = many(reader.u8('number of tiers'))
  const blocks = (payloadType === 2 || payloadType === 6) && {
    tiersAndBlockThresholds: reader.u8('number of tiers and block thresholds'),
    tierBlockSummations: many(Math.floor(reader.remaining / 6)),
  }
  reader.end('the snapshot')
  return { currentSummationDelivered, ...bill, tierSummations, ...blocks }
}
const KNOWN_SNAPSHOTS = new Set([0, 2, 4, 6])

/** Which events a configuration applies to: a list, or groups, or every event of a log. */
function eventSelection(octets: Uint8Array, control: number): JsonObject {
  const reader = new Reader(octets)
  if (control === EVENT_LIST) {
    const events = Array.from({ length: reader.u8('number of events') }, () => codeText(reader.uintLe(2, 'event')))
    reader.end('the list of events')
    return { events }
  }
  if (control !== EVENT_GROUP) throw new GbcsError('unsupported', `configuration control ${control}`)
  const groups: string[] = []
  for (const count = reader.u8('number of groups'); groups.length < count; )
    groups.push(codeText(reader.uintLe(2, 'event group')))
  reader.end('the groups of events')
  return { groups }
}
const EVENT_LIST = 0
const EVENT_GROUP = 1

/** Events with their configuration octet. */
function eventConfigurations(octets: Uint8Array): Json {
  const reader = new Reader(octets)
  const rows: JsonObject[] = []
  while (reader.remaining > 0)
    rows.push({ event: codeText(reader.uintLe(2, 'event')), configuration: reader.u8('configuration') })
  return rows
}

/** The structure inside a field of octets, or undefined when it has none or another than expected. */
export function detailOf(key: string, value: Uint8Array, fields: Fields): Json | undefined {
  try {
    if (key === 'snapshotSubPayload' && KNOWN_SNAPSHOTS.has(fields['snapshotPayloadType'] as number))
      return snapshotRegisters(value, fields['snapshotPayloadType'] as number)
    if (key === 'eventConfigurationPayload')
      return 'configurationControl' in fields
        ? eventSelection(value, fields['configurationControl'] as number)
        : eventConfigurations(value)
    return undefined
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
