import { type Eui64, eui64Bytes, Writer } from '@smets2-sim/bytes'
import type { NcpCoordinator, NcpEndpoint } from './view.js'
import { encodeSimpleDescriptor } from './zdo.js'

/** A parameter of the stick. */
interface Parameter {
  readonly id: number
  /** Octets of the value; undefined: any, up to 64. */
  readonly octets?: number
  /** Octets before the value that choose one of several. */
  readonly indexOctets?: number
  readonly readOnly?: boolean
  /** The value from the start; for several, by their index. */
  readonly initial: (coordinator: NcpCoordinator, index: number) => Uint8Array | undefined
}

const le = (octets: number, value: number): Uint8Array => new Writer(octets).uintLe(octets, value).done()
const idLe = (id: Eui64): Uint8Array => eui64Bytes(id).reverse()
const MAX_OCTETS = 64

/** The two applications that a stick comes with: home automation, and green power. */
const endpoints: readonly NcpEndpoint[] = [
  { id: 1, profile: 0x0104, deviceId: 0x0005, deviceVersion: 1, inputClusters: [0x0000], outputClusters: [] },
  { id: 242, profile: 0xa1e0, deviceId: 0x0064, deviceVersion: 1, inputClusters: [], outputClusters: [0x0021] },
]

export const parameters = {
  macAddress: { id: 0x01, octets: 8, initial: (c) => idLe(c.eui64) },
  panId: { id: 0x05, octets: 2, initial: (c) => le(2, c.panId) },
  networkAddress: { id: 0x07, octets: 2, initial: () => le(2, 0) },
  extendedPanId: { id: 0x08, octets: 8, initial: (c) => idLe(c.extendedPanId) },
  isCoordinator: { id: 0x09, octets: 1, initial: () => le(1, 1) },
  channelMask: { id: 0x0a, octets: 4, initial: (c) => le(4, 2 ** c.channel) },
  useExtendedPanId: { id: 0x0b, octets: 8, initial: (c) => idLe(c.extendedPanId) },
  trustCentre: { id: 0x0e, octets: 8, initial: (c) => idLe(c.eui64) },
  endpoint: {
    id: 0x13,
    indexOctets: 1,
    initial: (_, index) => endpoints[index] && encodeSimpleDescriptor(endpoints[index]),
  },
  predefinedPanId: { id: 0x15, octets: 1, initial: () => le(1, 1) },
  staticAddress: { id: 0x16, octets: 1, initial: () => le(1, 1) },
  networkKey: { id: 0x18, octets: 16, indexOctets: 1, initial: (c, index) => (index === 0 ? c.networkKey : undefined) },
  linkKey: { id: 0x19, octets: 16, indexOctets: 8, initial: () => undefined },
  channel: { id: 0x1c, octets: 1, readOnly: true, initial: (c) => le(1, c.channel) },
  permitJoin: { id: 0x21, octets: 1, initial: () => le(1, 0) },
  protocolVersion: { id: 0x22, octets: 2, readOnly: true, initial: () => le(2, 0x010e) },
  updateId: { id: 0x24, octets: 1, initial: () => le(1, 0) },
  watchdogS: { id: 0x26, octets: 4, initial: () => le(4, 0) },
  frameCounter: { id: 0x27, octets: 4, initial: () => le(4, 0) },
} as const satisfies Record<string, Parameter>
export type ParameterName = keyof typeof parameters

const rows: readonly Parameter[] = Object.values(parameters)

/** What the stick keeps: what a program writes here it reads again, and the home behind it stays as it is. */
export class ParameterStore {
  readonly #coordinator: NcpCoordinator
  readonly #values = new Map<string, Uint8Array>()

  constructor(coordinator: NcpCoordinator) {
    this.#coordinator = coordinator
  }

  /** The value with its index before it. `argument` is the index, and nothing else. */
  read(id: number, argument: Uint8Array): Uint8Array | 'unsupported' | 'invalidValue' {
    const row = rows.find((parameter) => parameter.id === id)
    if (!row) return 'unsupported'
    const index = argument.subarray(0, row.indexOctets ?? 0)
    if (index.length < (row.indexOctets ?? 0)) return 'invalidValue'
    const value = this.#values.get(`${id}/${index.join()}`) ?? row.initial(this.#coordinator, index[0] ?? 0)
    return value ? new Writer().bytes(index).bytes(value).done() : 'invalidValue'
  }
  /** Stores a value that follows its index. */
  write(id: number, indexed: Uint8Array): 'success' | 'unsupported' | 'invalidValue' {
    const row = rows.find((parameter) => parameter.id === id)
    if (!row || row.readOnly) return 'unsupported'
    const value = indexed.subarray(row.indexOctets ?? 0)
    if (row.octets === undefined ? value.length > MAX_OCTETS : value.length !== row.octets) return 'invalidValue'
    this.#put(id, indexed.subarray(0, row.indexOctets ?? 0), value)
    return 'success'
  }
  /** The network starts anew: a mask of one channel moves it there. */
  applyChannel(): void {
    const mask = this.number('channelMask')
    if (mask > 0 && Number.isInteger(Math.log2(mask)))
      this.#put(parameters.channel.id, new Uint8Array(), le(1, Math.log2(mask)))
  }
  /** A value that is a number. */
  number(name: 'channelMask' | 'channel' | 'permitJoin' | 'panId'): number {
    const value = this.read(parameters[name].id, new Uint8Array())
    return typeof value === 'string' ? 0 : value.reduceRight((sum, octet) => sum * 256 + octet, 0)
  }
  /** Simple descriptors of the coordinator's applications, as a program wrote them. */
  descriptors(): Uint8Array[] {
    return [0, 1].flatMap((index) => {
      const value = this.read(parameters.endpoint.id, Uint8Array.of(index))
      return typeof value === 'string' ? [] : [value.subarray(1)]
    })
  }

  #put(id: number, index: Uint8Array, value: Uint8Array): void {
    // A link key is stored for its owner; a few hundred are more than any home has.
    if (this.#values.size < 512) this.#values.set(`${id}/${index.join()}`, value.slice())
  }
}
