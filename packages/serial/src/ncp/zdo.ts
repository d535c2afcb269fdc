import { Reader, Writer } from '@smets2-sim/bytes'
import { enum8, ieeeAddress, uint16, uint8 } from '@smets2-sim/zcl'
import type { NcpEndpoint } from './view.js'

/** Clusters of the ZigBee device object. A response has the cluster of its request and the top bit. */
export const zdo = {
  networkAddress: 0x0000,
  ieeeAddress: 0x0001,
  nodeDescriptor: 0x0002,
  powerDescriptor: 0x0003,
  simpleDescriptor: 0x0004,
  activeEndpoints: 0x0005,
  deviceAnnounce: 0x0013,
  bind: 0x0021,
  unbind: 0x0022,
  permitJoining: 0x0036,
} as const
const RESPONSE = 0x8000

const zdoStatus = { success: 0x00, deviceNotFound: 0x81, invalidEndpoint: 0x82, notSupported: 0x84 } as const

/** A node as it describes itself. */
export interface ZdoNode {
  readonly eui64: string
  readonly shortAddress: number
  readonly kind: 'coordinator' | 'router' | 'endDevice' | 'sleepyEndDevice'
  readonly manufacturerCode: number
  /** Simple descriptors, each as its octets. */
  readonly descriptors: readonly Uint8Array[]
}

/** Logical type, and capabilities as they stand in an announcement and in the node descriptor. */
const kinds = {
  coordinator: { logicalType: 0, capabilities: 0x8f },
  router: { logicalType: 1, capabilities: 0x8e },
  endDevice: { logicalType: 2, capabilities: 0x8c },
  sleepyEndDevice: { logicalType: 2, capabilities: 0x80 },
} as const

const BAND_2_4_GHZ = 0x40
const MAX_BUFFER = 82
const MAX_TRANSFER = 128
/** Stack of revision 22. */
const SERVER_MASK = 22 << 9
/** Always on, fed from the mains, full. */
const MAINS = 0xc110
/** Now and then on, fed from a battery, full. */
const BATTERY = 0xc441

export function encodeSimpleDescriptor(endpoint: NcpEndpoint): Uint8Array {
  const writer = new Writer(32)
  writer.u8(endpoint.id).uintLe(2, endpoint.profile).uintLe(2, endpoint.deviceId).u8(endpoint.deviceVersion)
  for (const clusters of [endpoint.inputClusters, endpoint.outputClusters]) {
    writer.u8(clusters.length)
    for (const cluster of clusters) writer.uintLe(2, cluster)
  }
  return writer.done()
}

/** The announcement of a device that has joined. */
export function deviceAnnounce(sequence: number, node: ZdoNode): Uint8Array {
  const writer = new Writer(12).u8(sequence).uintLe(2, node.shortAddress)
  ieeeAddress.write(writer, node.eui64)
  return writer.u8(kinds[node.kind].capabilities).done()
}

type Answer = (request: Reader, node: ZdoNode, response: Writer) => number
const success = (): number => zdoStatus.success

/** Both addresses of the node, and no list of neighbours. */
function addresses(request: Reader, node: ZdoNode, response: Writer): number {
  const withList = enum8.read(request) === 1
  ieeeAddress.write(response, node.eui64)
  response.uintLe(2, node.shortAddress)
  if (withList) response.u8(0)
  return zdoStatus.success
}
/** An answer about the node itself, which the request names by its short address. */
const ofNode =
  (answer: Answer): Answer =>
  (request, node, response) => {
    const about = uint16.read(request)
    response.uintLe(2, about)
    return about === node.shortAddress ? answer(request, node, response) : zdoStatus.deviceNotFound
  }

/** How each request is answered: what follows the status, and the status. */
const answers: Readonly<Record<number, Answer>> = {
  [zdo.networkAddress]: (request, node, response) =>
    ieeeAddress.read(request) === node.eui64 ? addresses(request, node, response) : zdoStatus.deviceNotFound,
  [zdo.ieeeAddress]: (request, node, response) =>
    uint16.read(request) === node.shortAddress ? addresses(request, node, response) : zdoStatus.deviceNotFound,
  [zdo.nodeDescriptor]: ofNode((_, { kind, manufacturerCode }, response) => {
    response.u8(kinds[kind].logicalType).u8(BAND_2_4_GHZ).u8(kinds[kind].capabilities).uintLe(2, manufacturerCode)
    response.u8(MAX_BUFFER).uintLe(2, MAX_TRANSFER).uintLe(2, SERVER_MASK).uintLe(2, MAX_TRANSFER).u8(0)
    return zdoStatus.success
  }),
  [zdo.powerDescriptor]: ofNode((_, { kind }, response) => {
    response.uintLe(2, kind === 'sleepyEndDevice' ? BATTERY : MAINS)
    return zdoStatus.success
  }),
  [zdo.simpleDescriptor]: ofNode((request, { descriptors }, response) => {
    const endpoint = uint8.read(request)
    const descriptor = descriptors.find((octets) => octets[0] === endpoint) ?? new Uint8Array()
    response.u8(descriptor.length).bytes(descriptor)
    return descriptor.length > 0 ? zdoStatus.success : zdoStatus.invalidEndpoint
  }),
  [zdo.activeEndpoints]: ofNode((_, { descriptors }, response) => {
    response.u8(descriptors.length)
    for (const [endpoint = 0] of descriptors) response.u8(endpoint)
    return zdoStatus.success
  }),
  [zdo.bind]: success,
  [zdo.unbind]: success,
  [zdo.permitJoining]: success,
}

/**
 * The response of a node to a request, or undefined when the request wants none. What is sent to everyone is answered
 * only by whom it asks for.
 * @throws GbcsError for a request that is cut short
 */
export function answerZdo(
  node: ZdoNode,
  cluster: number,
  asdu: Uint8Array,
  toEveryone: boolean,
): { readonly cluster: number; readonly asdu: Uint8Array } | undefined {
  if (cluster >= RESPONSE || cluster === zdo.deviceAnnounce) return undefined
  const request = new Reader(asdu)
  const sequence = request.u8('transaction sequence number')
  const content = new Writer(32)
  const status = answers[cluster]?.(request, node, content) ?? zdoStatus.notSupported
  const asked = cluster === zdo.networkAddress || cluster === zdo.ieeeAddress
  if (toEveryone && !(asked && status === zdoStatus.success)) return undefined
  return {
    cluster: cluster | RESPONSE,
    asdu: new Writer(content.length + 2).u8(sequence).u8(status).bytes(content.done()).done(),
  }
}
