import { type Eui64, eui64, GbcsError, Reader, utf8, Writer } from '@smets2-sim/bytes'
import { type FieldsValue, group, ieeeAddress, remainder, uint16, uint8 } from '@smets2-sim/zcl'
import { type Cbor, type CborMap, decodeCbor, encodeCbor } from './cbor.js'

const apsFields = {
  destination: ieeeAddress,
  source: ieeeAddress,
  destinationEndpoint: uint8,
  sourceEndpoint: uint8,
  profile: uint16,
  cluster: uint16,
  asdu: remainder,
}
/**
 * An application frame of the home area network, fields little-endian as on air; FFFFFFFFFFFFFFFF is everyone.
 * Addresses are EUI-64s of 16 hexadecimal digits.
 */
export type ApsFrame = FieldsValue<typeof apsFields>

export function encodeAps(aps: ApsFrame): Uint8Array {
  const writer = new Writer(32 + aps.asdu.length)
  group(apsFields).write(writer, aps)
  return writer.done()
}
export const decodeAps = (body: Uint8Array): ApsFrame => group(apsFields).read(new Reader(body))

/** A value of an attribute: number, text or octets as they are, by attribute identifier. */
export type AttributeValue = number | bigint | string | Uint8Array
/** Attributes of one cluster of one device, sent without being asked. */
export interface AttributeReport {
  readonly device: Eui64
  readonly cluster: number
  readonly attributes: ReadonlyMap<number, AttributeValue>
}

/** Who speaks and what it can: the capabilities of an end. */
export interface Hello {
  /** Version of this protocol: 1. */
  readonly version: number
  readonly name: string
  /** Longest frame that this end takes, in octets. */
  readonly maxFrame: number
  /** Frame types that this end deals with. */
  readonly types: readonly number[]
  /** Devices behind this end: kind (`ESME`) by EUI-64. */
  readonly devices: ReadonlyMap<Eui64, string>
}

export const encodeReport = ({ device, cluster, attributes }: AttributeReport): Uint8Array =>
  encodeCbor(
    new Map<Cbor, Cbor>([
      ['device', device],
      ['cluster', cluster],
      ['attributes', new Map(attributes)],
    ]),
  )

export const encodeHello = ({ version, name, maxFrame, types, devices }: Hello): Uint8Array =>
  encodeCbor(
    new Map<Cbor, Cbor>([
      ['version', version],
      ['name', name],
      ['maxFrame', maxFrame],
      ['types', types],
      ['devices', new Map(devices)],
    ]),
  )

/** @throws GbcsError for a body that is no report */
export function decodeReport(body: Uint8Array): AttributeReport {
  const map = rootMap(body)
  const attributes = [...field(map, 'attributes', isMap, 'a map')].map(([id, value]) => {
    if (!isSmall(id, 0xffff)) throw wrong('an attribute identifier', id, 'an integer of 16 bits')
    if (!isValue(value)) throw wrong(`attribute ${id}`, value, 'an integer, text or octets')
    return [id, value] as const
  })
  return {
    device: idOf(field(map, 'device', isText, 'text')),
    cluster: field(map, 'cluster', (value) => isSmall(value, 0xffff), 'an integer of 16 bits'),
    attributes: new Map(attributes),
  }
}

/** @throws GbcsError for a body that is no hello */
export function decodeHello(body: Uint8Array): Hello {
  const map = rootMap(body)
  const isTypes = (value: Cbor): value is number[] => Array.isArray(value) && value.every((type) => isSmall(type, 0xff))
  const devices = [...field(map, 'devices', isMap, 'a map')].map(([id, kind]) => {
    if (!isText(id) || !isText(kind)) throw wrong('a device', isText(id) ? kind : id, 'text for text')
    return [idOf(id), kind] as const
  })
  return {
    version: field(map, 'version', (value) => isSmall(value, 0xff), 'an integer of 8 bits'),
    name: field(map, 'name', isText, 'text'),
    maxFrame: field(map, 'maxFrame', (value) => isSmall(value, 0xffff), 'an integer of 16 bits'),
    types: field(map, 'types', isTypes, 'an array of integers of 8 bits'),
    devices: new Map(devices),
  }
}

const isText = (value: Cbor): value is string => typeof value === 'string'
const isMap = (value: Cbor): value is CborMap => value instanceof Map
const isSmall = (value: Cbor, max: number): value is number => typeof value === 'number' && value >= 0 && value <= max
const isValue = (value: Cbor): value is AttributeValue =>
  typeof value === 'number' || typeof value === 'bigint' || isText(value) || value instanceof Uint8Array
const kindOf = (value: Cbor | undefined): string =>
  value === undefined
    ? 'nothing'
    : value === null
      ? 'null'
      : Array.isArray(value)
        ? 'an array'
        : isMap(value)
          ? 'a map'
          : typeof value
const wrong = (what: string, found: Cbor | undefined, expected: string): GbcsError =>
  new GbcsError('invalidValue', `${what} is ${kindOf(found)}, expected ${expected}`)

function idOf(text: string): Eui64 {
  if (!/^[0-9a-f]{16}$/.test(text))
    throw new GbcsError('invalidValue', 'an EUI-64 is not 16 lower-case hexadecimal digits')
  return eui64(text)
}
function rootMap(body: Uint8Array): CborMap {
  const value = decodeCbor(body)
  if (!isMap(value)) throw wrong('the body', value, 'a map')
  return value
}
function field<T extends Cbor>(map: CborMap, key: string, is: (value: Cbor) => value is T, expected: string): T {
  const value = map.get(key)
  if (value === undefined || !is(value)) throw wrong(key, value, expected)
  return value
}

/** Text of a log line or a refusal, UTF-8; what is none becomes replacement characters. */
export const decodeText = (body: Uint8Array): string => new TextDecoder().decode(body)
export const encodeText = utf8
