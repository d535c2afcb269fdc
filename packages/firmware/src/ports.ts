import type { Eui64 } from '@smets2-sim/bytes'
import type { CryptoProvider, KeyStore } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { HanPort } from './han-port.js'

/** The device's own clock, UTC. Virtual in tests, real on a bench. */
export interface Clock {
  now(): UtcSeconds
}

/** Random octets. Seeded in tests. */
export interface Entropy {
  bytes(count: number): Uint8Array
}

/** Where a device keeps what must survive a power cycle. */
export interface StateStore {
  load(): Uint8Array | undefined
  save(snapshot: Uint8Array): void
}

/** The way out for messages that nobody asked for at this moment: alerts and late responses. */
export interface Link {
  send(message: Uint8Array): void
}

/** What came of agreeing a link key with another device: names of join response codes. */
export type PartnerLinkResult =
  | 'success'
  | 'keyAgreementNoResources'
  | 'keyAgreementUnknownIssuer'
  | 'keyAgreementUnsupportedSuite'
  | 'keyAgreementBadMessage'
  | 'keyAgreementBadKeyConfirm'
  | 'noPartnerLinkKeyReceived'
  | 'noCBKEResponse'

/** All that a device is made from besides its state. */
export interface DevicePorts {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly crypto: CryptoProvider
  /** Private keys of the device; it never sees them. */
  readonly keys: KeyStore
  readonly link: Link
  readonly store?: StateStore
  /** The time of the communications hub, undefined while it cannot be had. */
  readonly timeSource?: () => UtcSeconds | undefined
  /** Agrees a link key with another device of the home (join method A). Where it is left out, there is nothing to agree. */
  readonly partnerLink?: (other: Eui64) => PartnerLinkResult
  /** The way to the other devices of the home; what is not on the network has none. */
  readonly han?: HanPort
  /** Shows an alert to the displays of the home. */
  readonly share?: (alert: { readonly code: number; readonly time: UtcSeconds }) => void
}
