import { type Eui64, eui64, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { seededEntropy } from '../world/seeded-entropy.js'

/** Devices that a home may have, by the name that they have in it. */
export const deviceNames = ['chf', 'gpf', 'esme', 'gsme', 'ppmid', 'ihd', 'hcalcs'] as const
export type DeviceName = (typeof deviceNames)[number]

/** Start of every identifier: locally administered (RFC 7042), nobody else's. */
const PREFIX = '0253494d'

/** Identities of the devices of a seed. Homes of other seeds have others. */
export const deviceIdOf = (seed: number, name: DeviceName): Eui64 =>
  // 24 bits of the seed's own and the number of the device, above those that parties have
  eui64(
    `${PREFIX}${toHex(seededEntropy(native, seed, 'device ids').bytes(3))}${(0xa0 + deviceNames.indexOf(name)).toString(16)}`,
  )

/** Install code of a device, 16 octets without check octets, as it stands on its label. */
export const installCodeOf = (seed: number, name: DeviceName): Uint8Array =>
  seededEntropy(native, seed, `install code of ${name}`).bytes(16)
