import { machine } from '../machine/machine.js'

/**
 * A display's link to the hub, a meter or a proxy. One request without an answer may be chance; after the second the
 * link counts as lost, and what changes by the second is no longer shown (our decision).
 */
export const displayLink = machine('display link', {
  searching: { answered: 'connected', missed: 'searching' },
  connected: { answered: 'connected', missed: 'doubtful' },
  doubtful: { answered: 'connected', missed: 'lost' },
  lost: { answered: 'connected', missed: 'lost' },
})
export type LinkState = (typeof displayLink.states)[number]

/** Whether values of the other device are worth asking for one after the other, or one is enough to see if it is back. */
export const isHeard = (state: LinkState): boolean => state === 'connected' || state === 'doubtful'

const BARS = 5
const FULL_QUALITY = 255
/** Bars for a link quality of 0 to 255. */
export const barsOf = (linkQuality: number): number => Math.ceil((linkQuality * BARS) / FULL_QUALITY)
