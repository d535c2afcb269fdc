import type { LinkConditions } from '@smets2-sim/han'
import type { PartyIds } from './manufacture.js'
import type { FaultRule } from '../network/fault-rules.js'

/** Everything that comes to a home from outside. A home is what it is made of and its inputs, each at its time. */
export type HomeInput =
  /** A message of a party, at the far end of the wide area network. */
  | { readonly kind: 'wan'; readonly message: Uint8Array }
  /** A message that somebody in the home gives to a device by a hand-held terminal. */
  | { readonly kind: 'local'; readonly device: string; readonly message: Uint8Array }
  | { readonly kind: 'wanLink'; readonly up: boolean }
  | { readonly kind: 'reach'; readonly device: string; readonly reachable: boolean }
  /** Of the radio link of a device, in a network of frames. */
  | { readonly kind: 'link'; readonly device: string; readonly conditions: Partial<LinkConditions> }
  | { readonly kind: 'fault'; readonly rule: FaultRule }
  | { readonly kind: 'faultsCleared' }
  /** The next accesses of an item in a device end with a result: see `Faults` of the firmware for the keys. */
  | {
      readonly kind: 'itemFault'
      readonly device: string
      readonly key: string
      readonly result: number
      readonly times: number
    }
  /** Something happens to a device: a row of its stimuli. */
  | { readonly kind: 'stimulus'; readonly device: string; readonly name: string; readonly args: readonly unknown[] }
  /** The hub gets an OTA upgrade image for a device. */
  | { readonly kind: 'firmware'; readonly device: string; readonly image: Uint8Array }
  | { readonly kind: 'restart'; readonly device: string }
  /** Somebody looks at a display for the first time. */
  | { readonly kind: 'look'; readonly device: 'ihd' | 'ppmid' }
  /** The hub, with the gas proxy in it, dies or is taken out; another one is put in its place. */
  | { readonly kind: 'hubRemoved' }
  | { readonly kind: 'hubReplaced' }
  /** A device is decommissioned: it forgets the home, and gets the credentials of these parties in their roles. */
  | { readonly kind: 'reset'; readonly device: string; readonly parties: PartyIds }
