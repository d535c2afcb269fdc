import type { AttributeReport, ApsFrame, Hello } from './bodies.js'

/** Longest frame, in octets from its type to its CRC. The longest message that GBCS describes is 3,986. Our decision. */
export const MAX_FRAME = 4096
/** Longest GBCS message of a frame: what a frame holds besides type, sequence number and CRC. The same in both framings. */
export const MAX_MESSAGE = MAX_FRAME - 4

/** What an acknowledgement says, by the octet that says it. Everything but `accepted` is a refusal. Our decision. */
export const frameStatus = {
  /** The frame arrived whole and is taken up. What becomes of it is another matter. */
  accepted: 0,
  badCrc: 1,
  tooLong: 2,
  malformed: 3,
  unknownType: 4,
  /** Well formed, but nothing that this end deals with. */
  notSupported: 5,
  /** This end broke down over it. */
  failed: 6,
} as const
export type FrameStatus = keyof typeof frameStatus

/**
 * What a link carries. `seq` (0 to 255) is chosen by the sender; a response and an acknowledgement carry the
 * `seq` of what they answer. The line form has no room for it: there it is 0.
 */
export type Frame =
  | { readonly type: 'message'; readonly seq: number; readonly message: Uint8Array }
  | { readonly type: 'aps'; readonly seq: number; readonly aps: ApsFrame }
  | { readonly type: 'report'; readonly seq: number; readonly report: AttributeReport }
  | { readonly type: 'log'; readonly seq: number; readonly text: string }
  /** Without a `hello` it is the question for one. */
  | { readonly type: 'hello'; readonly seq: number; readonly hello?: Hello }
  | { readonly type: 'acknowledge'; readonly seq: number; readonly status: FrameStatus; readonly text: string }

/** Octets that are no frame: what was found, where, and what was expected. */
export interface FrameFault {
  readonly code: 'badCrc' | 'tooLong' | 'malformed' | 'unknownType'
  /** Octets of the stream before the first one that is wrong, or before the frame that is. */
  readonly offset: number
  readonly found: string
  readonly expected: string
  /** Sequence number of the frame, as far as it can be told: for the refusal. */
  readonly seq?: number
}

/** One sentence of a fault. */
export const describeFault = ({ offset, found, expected }: FrameFault): string =>
  `found ${found} at octet ${offset}, expected ${expected}`

/** What a decoder makes of the stream: nothing in it is passed over in silence. */
export type Decoded = { readonly frame: Frame } | { readonly fault: FrameFault }

/** Takes a stream in chunks of any size. Total: every octet sequence gives frames and faults, and the same ones however it is cut. */
export interface FrameDecoder {
  push(chunk: Uint8Array): Decoded[]
  /** The stream has ended: a frame begun and not finished is a fault. */
  end(): Decoded[]
}

/** A way to put frames on a stream of octets. */
export interface Framing {
  readonly name: 'gfi' | 'slip'
  /** @throws GbcsError `limitExceeded` when the frame is too long, `unsupported` when the framing has no form for it */
  encode(frame: Frame): Uint8Array
  decoder(): FrameDecoder
}
