import { type Eui64, eui64, GbcsError, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { seededEntropy } from '../world/seeded-entropy.js'

/** Devices that a home may have, by the name that they have in it. */
export const deviceNames = ['chf', 'gpf', 'esme', 'gsme', 'ppmid', 'ihd', 'hcalcs'] as const
export type DeviceName = (typeof deviceNames)[number]

/** Start of every identifier: locally administered (RFC 7042), nobody else's. */
const PREFIX = '0253494d'

/** How often a device of a home can be replaced: so many numbers there are. */
export const MAX_REPLACEMENTS = 5

/**
 * Identities of the devices of a seed. Homes of other seeds have others. `replacement` counts the devices that have taken
 * the place of the first one. @throws GbcsError `limitExceeded` when there were too many
 */
export function deviceIdOf(seed: number, name: DeviceName, replacement = 0): Eui64 {
  if (replacement > MAX_REPLACEMENTS)
    throw new GbcsError(
      'limitExceeded',
      `the ${replacement}th ${name} in this place, expected ${MAX_REPLACEMENTS} at most`,
    )
  // 24 bits of the seed's own and the number of the device, above those that parties have
  const number = 0xa0 + 0x10 * replacement + deviceNames.indexOf(name)
  return eui64(`${PREFIX}${toHex(seededEntropy(native, seed, 'device ids').bytes(3))}${number.toString(16)}`)
}

/** Install code of a device, 16 octets without check octets, as it stands on its label. */
export const installCodeOf = (seed: number, name: DeviceName): Uint8Array =>
  seededEntropy(native, seed, `install code of ${name}`).bytes(16)
