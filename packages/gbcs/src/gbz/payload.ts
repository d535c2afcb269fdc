import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { encodeFrame, readFrame, writeHeader, type ZclFrame } from '@smets2-sim/zcl'

/** Smart Energy profile, first in every GBZ payload. */
export const SMART_ENERGY_PROFILE = 0x0109

const LAST = 0x01
const ENCRYPTED = 0x02
const FROM_DATE_TIME = 0x10

/** One component of a GBZ payload: a ZCL frame to or from a cluster. facts 6.2, 6.3. */
export interface GbzComponent {
  readonly clusterId: number
  readonly last: boolean
  /** UTC seconds; 0 now, FFFFFFFF cancel. For commands that have no time of their own. */
  readonly fromDateTime?: number
  readonly frame: ZclFrame
  /** Present when the payload is encrypted: `31 00000000 || ciphertext || tag`; the frame's payload is empty then. */
  readonly sealed?: Uint8Array
  readonly additionalFrameCounter?: number
}

const MAX_COMPONENTS = 64

/** Components of a GBZ payload. */
export function decodeGbz(content: Uint8Array): GbzComponent[] {
  const reader = new Reader(content)
  const profile = reader.u16('profile')
  if (profile !== SMART_ENERGY_PROFILE)
    throw new GbcsError('invalidTag', `profile ${profile.toString(16)}, expected 0109`, 0)
  const count = reader.u8('number of components')
  if (count > MAX_COMPONENTS) throw reader.error('limitExceeded', `${count} components, at most ${MAX_COMPONENTS}`)
  const components = Array.from({ length: count }, () => readComponent(reader))
  reader.end('the GBZ payload')
  return components
}

export function readComponent(reader: Reader): GbzComponent {
  const at = reader.offset
  const control = reader.u8('extended header control')
  if (control & ~(LAST | ENCRYPTED | FROM_DATE_TIME) || (control & ENCRYPTED && control & FROM_DATE_TIME))
    throw new GbcsError('invalidValue', `extended header control ${control.toString(16)}`, at)
  const clusterId = reader.u16('cluster')
  const body = reader.nested(reader.u16('component length'), 'component')
  const base = { clusterId, last: (control & LAST) !== 0 }
  if (control & ENCRYPTED) {
    body.expect(0, 'additional header control')
    const additionalFrameCounter = body.u8('additional frame counter')
    const header = readFrame(body.nested(3, 'ZCL header'))
    const sealed = body.take(body.u16('ciphered length'), 'ciphered information')
    body.end('the component')
    return { ...base, frame: header, sealed, additionalFrameCounter }
  }
  if (control & FROM_DATE_TIME) return { ...base, fromDateTime: body.u32('from date time'), frame: readFrame(body) }
  return { ...base, frame: readFrame(body) }
}

export function encodeGbz(components: readonly GbzComponent[]): Uint8Array {
  const writer = new Writer().u16(SMART_ENERGY_PROFILE).u8(components.length)
  for (const component of components) writeComponent(writer, component)
  return writer.done()
}

export function writeComponent(
  writer: Writer,
  { clusterId, last, fromDateTime, frame, sealed, additionalFrameCounter }: GbzComponent,
): void {
  const body = new Writer()
  if (sealed)
    writeHeader(body.u8(0).u8(additionalFrameCounter ?? 0), frame)
      .u16(sealed.length)
      .bytes(sealed)
  else {
    if (fromDateTime !== undefined) body.u32(fromDateTime)
    body.bytes(encodeFrame(frame))
  }
  const control = (last ? LAST : 0) | (sealed ? ENCRYPTED : 0) | (fromDateTime !== undefined ? FROM_DATE_TIME : 0)
  writer.u8(control).u16(clusterId).u16(body.length).bytes(body.done())
}
