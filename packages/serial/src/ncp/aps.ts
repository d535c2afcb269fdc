import { type Reader, Writer } from '@smets2-sim/bytes'
import { ieeeAddress } from '@smets2-sim/zcl'

/** How an address of the radio network is written. */
const addressMode = { group: 1, short: 2, ieee: 3 } as const

/** Where a frame goes. */
export type Destination =
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'short'; readonly address: number; readonly endpoint: number }
  | { readonly kind: 'ieee'; readonly address: string; readonly endpoint: number }

/** A frame that the program wants sent. */
export interface ApsRequest {
  readonly id: number
  readonly to: Destination
  readonly profile: number
  readonly cluster: number
  readonly sourceEndpoint: number
  readonly asdu: Uint8Array
}
/** What became of it. */
export interface ApsConfirm {
  readonly id: number
  readonly to: Destination
  readonly sourceEndpoint: number
  /** 0 when it arrived. */
  readonly status: number
}
/** A frame that arrived for the program. */
export interface ApsIndication {
  readonly destinationEndpoint: number
  readonly source: number
  readonly sourceEndpoint: number
  readonly profile: number
  readonly cluster: number
  readonly asdu: Uint8Array
}

/** Nobody acknowledged the frame. */
export const NO_ACKNOWLEDGEMENT = 0xe9
/** Addresses from here on are everyone, or everyone of a kind. */
export const EVERYONE = 0xfff8

const LINK_QUALITY = 0xff
const RSSI_DBM = -40

function readDestination(reader: Reader): Destination {
  const mode = reader.u8('address mode')
  if (mode === addressMode.group) return { kind: 'group', group: reader.uintLe(2, 'group') }
  if (mode === addressMode.short)
    return { kind: 'short', address: reader.uintLe(2, 'address'), endpoint: reader.u8('endpoint') }
  if (mode !== addressMode.ieee) throw reader.error('invalidTag', `address mode ${mode}, expected 1, 2 or 3`)
  return { kind: 'ieee', address: ieeeAddress.read(reader), endpoint: reader.u8('endpoint') }
}
function writeDestination(writer: Writer, to: Destination): Writer {
  writer.u8(addressMode[to.kind])
  if (to.kind === 'group') return writer.uintLe(2, to.group)
  if (to.kind === 'short') return writer.uintLe(2, to.address).u8(to.endpoint)
  ieeeAddress.write(writer, to.address)
  return writer.u8(to.endpoint)
}

/** @throws GbcsError for a payload that is no request */
export function readApsRequest(reader: Reader): ApsRequest {
  const id = reader.u8('request identifier')
  reader.u8('flags')
  const to = readDestination(reader)
  const profile = reader.uintLe(2, 'profile')
  const cluster = reader.uintLe(2, 'cluster')
  const sourceEndpoint = reader.u8('source endpoint')
  const asdu = reader.take(reader.uintLe(2, 'ASDU length'), 'ASDU').slice()
  reader.take(2, 'options and radius')
  reader.end('the request')
  return { id, to, profile, cluster, sourceEndpoint, asdu }
}

export const encodeConfirm = (state: number, { id, to, sourceEndpoint, status }: ApsConfirm): Uint8Array =>
  writeDestination(new Writer(24).u8(state).u8(id), to).u8(sourceEndpoint).u8(status).uintLe(4, 0).done()

/** An indication is for the coordinator, which has the address 0. */
export const encodeIndication = (state: number, frame: ApsIndication): Uint8Array =>
  new Writer(frame.asdu.length + 32)
    .u8(state)
    .u8(addressMode.short)
    .uintLe(2, 0)
    .u8(frame.destinationEndpoint)
    .u8(addressMode.short)
    .uintLe(2, frame.source)
    .u8(frame.sourceEndpoint)
    .uintLe(2, frame.profile)
    .uintLe(2, frame.cluster)
    .uintLe(2, frame.asdu.length)
    .bytes(frame.asdu)
    .uintLe(2, 0)
    .u8(LINK_QUALITY)
    .i8(RSSI_DBM)
    .done()
