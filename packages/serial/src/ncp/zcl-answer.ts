import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import {
  type AttributeResult,
  dataTypes,
  decodeFields,
  decodeFrame,
  encodeFields,
  encodeFrame,
  foundation,
  frameControl,
  isClusterCommand,
  isFromServer,
  type TypedValue,
  type ZclFrame,
  zclStatus,
} from '@smets2-sim/zcl'
import type { NcpDevice, NcpEvent, NcpNetworkView, ReportingWish } from './view.js'

/** Tunnels lead to certificates, which a program behind a stick has none of: they are refused. */
export const TUNNELLING = 0x0704
/** Longest payload towards the program, in octets: what goes unfragmented over the air. */
const MAX_PAYLOAD = 200

const CONFIGURE_REPORTING = 0x06
const CONFIGURE_REPORTING_RESPONSE = 0x07
/** Statuses beside those that GBCS uses. */
const status = {
  ...zclStatus,
  unsupportedGeneralCommand: 0x82,
  unsupportedManufacturerCommand: 0x84,
  unreportableAttribute: 0x8c,
  unsupportedCluster: 0xc3,
} as const

/** Whether reports of this type carry a least change: it is a quantity. */
const isQuantity = (type: number): boolean => (type >= 0x20 && type <= 0x2f) || type === 0xe2

/** @throws GbcsError for a record that is cut short or of a type that is unknown */
export function decodeWishes(payload: Uint8Array): ReportingWish[] {
  const reader = new Reader(payload)
  const wishes: ReportingWish[] = []
  while (reader.remaining > 0) {
    if (reader.u8('direction') !== 0) {
      // The program says how often it wants to send: there is nothing that it could.
      reader.take(4, 'attribute and timeout')
      continue
    }
    const attribute = reader.uintLe(2, 'attribute identifier')
    const type = reader.u8('data type')
    const minS = reader.uintLe(2, 'minimum interval')
    const maxS = reader.uintLe(2, 'maximum interval')
    const field = dataTypes.get(type)
    if (!field) throw reader.error('unsupported', `data type ${type.toString(16)}`)
    const change = isQuantity(type) ? (field.read(reader) as TypedValue['value']) : undefined
    wishes.push({ attribute, type, minS, maxS, ...(change !== undefined && { change }) })
  }
  return wishes
}

const reply = (request: ZclFrame, commandId: number, payload: Uint8Array): Uint8Array =>
  encodeFrame({
    frameControl: frameControl({ cluster: false, fromServer: !isFromServer(request), disableDefaultResponse: true }),
    sequence: request.sequence,
    commandId,
    payload,
  })
const defaultResponse = (request: ZclFrame, code: number): Uint8Array =>
  reply(
    request,
    foundation.defaultResponse.id,
    encodeFields(foundation.defaultResponse, { commandId: request.commandId, status: code }),
  )

/** As many results as a payload holds. The rest is left for another request. */
function fitting(results: readonly AttributeResult[]): Uint8Array {
  const encode = (count: number): Uint8Array =>
    encodeFields(foundation.readAttributesResponse, { results: results.slice(0, count) })
  let count = results.length
  while (count > 1 && encode(count).length > MAX_PAYLOAD) count--
  return encode(count)
}

async function answer(
  view: NcpNetworkView,
  device: NcpDevice,
  endpoint: number,
  cluster: number,
  frame: ZclFrame,
): Promise<Uint8Array | undefined> {
  const known = device.endpoints.find(({ id }) => id === endpoint)?.inputClusters.includes(cluster)
  if (!isClusterCommand(frame) && frame.commandId === foundation.defaultResponse.id) return undefined
  if (!known || cluster === TUNNELLING) return defaultResponse(frame, status.unsupportedCluster)
  if (frame.manufacturerCode !== undefined) return defaultResponse(frame, status.unsupportedManufacturerCommand)
  if (isClusterCommand(frame)) return defaultResponse(frame, status.unsupportedClusterCommand)
  switch (frame.commandId) {
    case foundation.readAttributes.id: {
      const { attributes } = decodeFields(foundation.readAttributes, frame.payload)
      const results = await view.readAttributes(device.eui64, endpoint, cluster, attributes)
      return reply(frame, foundation.readAttributesResponse.id, fitting(results))
    }
    case foundation.writeAttributes.id: {
      const { records } = decodeFields(foundation.writeAttributes, frame.payload)
      const results = records.map(({ id }) => ({ status: status.readOnly, id }))
      return reply(
        frame,
        foundation.writeAttributesResponse.id,
        encodeFields(foundation.writeAttributesResponse, { results }),
      )
    }
    case CONFIGURE_REPORTING: {
      const wishes = decodeWishes(frame.payload)
      const codes =
        view.configureReporting?.(device.eui64, endpoint, cluster, wishes) ??
        wishes.map(() => status.unreportableAttribute)
      const payload = new Writer()
      for (const [i, { attribute }] of wishes.entries())
        if (codes[i] !== status.success)
          payload
            .u8(codes[i] ?? status.failure)
            .u8(0)
            .uintLe(2, attribute)
      // That all went well is said by one octet alone.
      return reply(
        frame,
        CONFIGURE_REPORTING_RESPONSE,
        payload.length > 0 ? payload.done() : Uint8Array.of(status.success),
      )
    }
    default:
      return defaultResponse(frame, status.unsupportedGeneralCommand)
  }
}

/**
 * The response of a device to a ZCL frame, or undefined when it wants none. Everything is read only, and what a device
 * is not asked in that way it refuses.
 * @throws GbcsError for octets that are no ZCL frame
 */
export async function answerZcl(
  view: NcpNetworkView,
  device: NcpDevice,
  endpoint: number,
  cluster: number,
  asdu: Uint8Array,
): Promise<Uint8Array | undefined> {
  const frame = decodeFrame(asdu)
  try {
    return await answer(view, device, endpoint, cluster, frame)
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    return defaultResponse(frame, status.malformedCommand)
  }
}

/** A report of a device as a ZCL frame. */
export const encodeReports = (sequence: number, { records }: Extract<NcpEvent, { kind: 'reported' }>): Uint8Array =>
  encodeFrame({
    frameControl: frameControl({ cluster: false, fromServer: true, disableDefaultResponse: true }),
    sequence,
    commandId: foundation.reportAttributes.id,
    payload: encodeFields(foundation.reportAttributes, { records }),
  })
