import { type Eui64, eui64 } from '@smets2-sim/bytes'
import type { PartyRole } from './identity.js'

/** Whose keys and certificates are written. */
export interface SmkiSet {
  readonly organisations: readonly { readonly role: PartyRole; readonly id: Eui64 }[]
  readonly devices: readonly Eui64[]
}

/** A locally administered EUI-64 (RFC 7042): `02`, SIM, a number. Nobody else's. */
const local = (number: number): Eui64 => eui64(`0253494d${number.toString(16).padStart(8, '0')}`)

/** One of each party, a second supplier to change to, and as many devices as a home has kinds. Our decision. */
export const standardSet: SmkiSet = {
  organisations: [
    { role: 'recovery', id: local(1) },
    { role: 'accessControlBroker', id: local(2) },
    { role: 'transitionalCoS', id: local(3) },
    { role: 'wanProvider', id: local(4) },
    { role: 'supplier', id: local(0x10) },
    { role: 'supplier', id: local(0x11) },
    { role: 'networkOperator', id: local(0x20) },
    { role: 'loadController', id: local(0x30) },
  ],
  devices: [0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6].map(local),
}
