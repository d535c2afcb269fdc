import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'

/** A message that the hub has for a device. */
export interface Waiting {
  readonly number: number
  readonly target: Eui64
  readonly message: Uint8Array
  /** For a device that sleeps: how long the message waits for it. */
  readonly until?: UtcSeconds
  /** It was given to the network, and what came of it is not known yet. */
  readonly isUnderway: boolean
}
/** All messages that the hub has for devices, oldest first. A plain value, like the end of the wide area network. */
export interface RelayState {
  readonly waiting: readonly Waiting[]
  readonly last: number
}
export const emptyRelay: RelayState = { waiting: [], last: 0 }

/** Where a target is. */
export type Place = 'inTheHub' | 'awake' | 'asleep' | 'unknown'
/** How long a message waits for a device that sleeps: as long as a party waits for a response. Our decision. */
export const PATIENCE_S = 86_400

/** What becomes of a message, or is to be done with it. */
export type RelayEffect =
  | { readonly kind: 'own'; readonly target: Eui64; readonly message: Uint8Array }
  | {
      readonly kind: 'toDevice'
      readonly target: Eui64
      readonly message: Uint8Array
      readonly number: number
      /** How many more wait for the same device. */
      readonly remaining: number
    }
  | { readonly kind: 'waits'; readonly target: Eui64 }
  | { readonly kind: Ending; readonly target: Eui64; readonly message: Uint8Array }
/** How a message for a device can end. */
export type Ending = 'delivered' | 'notDelivered' | 'notRetrieved' | 'dutyCycle' | 'unknownTarget'

export interface RelayStep {
  readonly state: RelayState
  readonly effects: readonly RelayEffect[]
}
const still = (state: RelayState): RelayStep => ({ state, effects: [] })

/** A message has come for a target in the home. */
export function take(
  state: RelayState,
  message: Uint8Array,
  target: Eui64,
  { place, mayNotSend, now }: { place: Place; mayNotSend: boolean; now: UtcSeconds },
): RelayStep {
  if (place === 'inTheHub') return { state, effects: [{ kind: 'own', target, message }] }
  if (place === 'unknown') return { state, effects: [{ kind: 'unknownTarget', target, message }] }
  if (mayNotSend) return { state, effects: [{ kind: 'dutyCycle', target, message }] }
  const number = state.last + 1
  const sleeps = place === 'asleep'
  const entry: Waiting = { number, target, message, isUnderway: !sleeps, ...(sleeps && { until: now + PATIENCE_S }) }
  return {
    state: { last: number, waiting: [...state.waiting, entry] },
    effects: [sleeps ? { kind: 'waits', target } : toDevice(entry, 0)],
  }
}
const toDevice = ({ target, message, number }: Waiting, remaining: number): RelayEffect => ({
  kind: 'toDevice',
  target,
  message,
  number,
  remaining,
})

/**
 * A device that slept asks for what waits: it gets the oldest message that is not on its way to it, and how many more
 * there are.
 */
export function retrieve(state: RelayState, target: Eui64): RelayStep {
  const [oldest, ...more] = state.waiting.filter((one) => one.target === target && !one.isUnderway)
  return oldest ? { state: changed(state, oldest, true), effects: [toDevice(oldest, more.length)] } : still(state)
}
const changed = (state: RelayState, entry: Waiting, isUnderway: boolean): RelayState => ({
  ...state,
  waiting: state.waiting.map((one) => (one === entry ? { ...one, isUnderway } : one)),
})
const without = (state: RelayState, entry: Waiting): RelayState => ({
  ...state,
  waiting: state.waiting.filter((one) => one !== entry),
})

/** The network has delivered a message, or given up. One for a device that sleeps waits on for the next time. */
export function ended(state: RelayState, number: number, isDelivered: boolean): RelayStep {
  const entry = state.waiting.find((one) => one.number === number)
  if (!entry) return still(state)
  if (!isDelivered && entry.until !== undefined) return still(changed(state, entry, false))
  const { target, message } = entry
  return {
    state: without(state, entry),
    effects: [{ kind: isDelivered ? 'delivered' : 'notDelivered', target, message }],
  }
}

/** Messages that nobody has asked for in time. */
export function expire(state: RelayState, now: UtcSeconds): RelayStep {
  const expired = state.waiting.filter(({ until, isUnderway }) => until !== undefined && until <= now && !isUnderway)
  return {
    state: { ...state, waiting: state.waiting.filter((one) => !expired.includes(one)) },
    effects: expired.map(({ target, message }) => ({ kind: 'notRetrieved', target, message })),
  }
}
/** When a message expires next. */
export const nextExpiry = ({ waiting }: RelayState): UtcSeconds | undefined =>
  waiting.reduce<UtcSeconds | undefined>(
    (soonest, { until, isUnderway }) =>
      until === undefined || isUnderway ? soonest : Math.min(soonest ?? Infinity, until),
    undefined,
  )

/** After a power cycle nobody knows what became of messages that were underway: they go out again. */
export const resume = (state: RelayState): RelayStep => ({
  state: { ...state, waiting: state.waiting.map((one) => ({ ...one, isUnderway: one.until === undefined })) },
  effects: state.waiting.filter(({ until }) => until === undefined).map((one) => toDevice(one, 0)),
})
