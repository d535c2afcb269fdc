import { concat, GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import {
  decodeAlertComponents,
  decodeGbzAlert,
  decodeGbzExecution,
  encodeAlertComponents,
  encodeGbzAlert,
  encodeGbzExecution,
  type GbzExecution,
} from '../gbz/alert.js'
import { type GbzPart, typeComponent, untypeComponent } from './gbz-parts.js'

/** An alert of a device that speaks ZCL. facts 4.1, 4.2. */
export interface GbzAlertPayload {
  readonly format: 'gbzAlert'
  readonly alertCode: number
  /** UTC seconds since 2000. */
  readonly time: number
  readonly content:
    | { readonly type: 'nothing' }
    | { readonly type: 'execution'; readonly execution: GbzExecution }
    | { readonly type: 'components'; readonly parts: readonly GbzPart[] }
    | { readonly type: 'imageHash'; readonly manufacturerImageHash: Uint8Array }
    | { readonly type: 'reason'; readonly reason: number }
    /** Of a message code without a form of its own: the count of components and what follows the header. */
    | { readonly type: 'octets'; readonly octets: Uint8Array }
}
type Content = GbzAlertPayload['content']

/** How the content of a message code is read and written. It starts with the number of components, which is 1. */
interface ContentCodec<T extends Content['type']> {
  read(octets: Uint8Array): Extract<Content, { type: T }>
  write(content: Extract<Content, { type: T }>): Uint8Array
}
const ONE = Uint8Array.of(1)
const OCTET_STRING = 9
const HASH_OCTETS = 32

const codecs: { readonly [T in Exclude<Content['type'], 'nothing' | 'octets'>]: ContentCodec<T> } = {
  execution: {
    read: (octets) => ({ type: 'execution', execution: decodeGbzExecution(octets) }),
    write: ({ execution }) => encodeGbzExecution(execution),
  },
  components: {
    read: (octets) => ({ type: 'components', parts: decodeAlertComponents(octets).map(typeComponent) }),
    write: ({ parts }) => encodeAlertComponents(parts.map(untypeComponent)),
  },
  imageHash: {
    read(octets) {
      const reader = new Reader(octets)
      reader.expect(1, 'number of components')
      reader.expect(OCTET_STRING, 'octet-string tag')
      reader.expect(HASH_OCTETS, 'hash length')
      const manufacturerImageHash = reader.take(HASH_OCTETS, 'manufacturer image hash')
      reader.end('the alert')
      return { type: 'imageHash', manufacturerImageHash }
    },
    write: ({ manufacturerImageHash }) => concat(ONE, Uint8Array.of(OCTET_STRING, HASH_OCTETS), manufacturerImageHash),
  },
  reason: {
    read(octets) {
      const reader = new Reader(octets)
      reader.expect(1, 'number of components')
      const reason = reader.u16('reason')
      reader.end('the alert')
      return { type: 'reason', reason }
    },
    write: ({ reason }) => concat(ONE, new Writer(2).u16(reason).done()),
  },
}
const contentOf: ReadonlyMap<number, keyof typeof codecs> = new Map([
  [0x00cd, 'execution'],
  [0x008b, 'components'],
  [0x00cf, 'imageHash'],
  [0x00f2, 'reason'],
])

export function decodeGbzAlertPayload(messageCode: number, octets: Uint8Array): GbzAlertPayload {
  const { alertCode, time, content } = decodeGbzAlert(octets)
  const head = { format: 'gbzAlert', alertCode, time } as const
  const form = contentOf.get(messageCode)
  if (!content) return { ...head, content: { type: 'nothing' } }
  return { ...head, content: form ? codecs[form].read(content) : { type: 'octets', octets: content } }
}

export function encodeGbzAlertPayload({ alertCode, time, content }: GbzAlertPayload): Uint8Array {
  const head = { alertCode, time }
  if (content.type === 'nothing') return encodeGbzAlert(head)
  return encodeGbzAlert({ ...head, content: writeContent(content) })
}

function writeContent(content: Exclude<Content, { type: 'nothing' }>): Uint8Array {
  if (content.type !== 'octets') return (codecs[content.type] as ContentCodec<typeof content.type>).write(content)
  if (content.octets[0] === undefined || content.octets[0] === 0)
    throw new GbcsError('misuse', 'the content of an alert starts with a number of components above 0')
  return content.octets
}
