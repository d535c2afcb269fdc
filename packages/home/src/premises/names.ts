import { type DeviceName, deviceNames } from '../config/ids.js'
import type { HomeConfig } from '../config/home-config.js'

/** The devices that a home is made of. Hub and gas proxy are in every home. */
export function namesIn({ electricity, gas, ppmid, ihd, hcalcs }: Omit<HomeConfig, 'now'>): DeviceName[] {
  const present: Readonly<Record<DeviceName, boolean>> = {
    chf: true,
    gpf: true,
    esme: electricity !== undefined,
    gsme: gas !== undefined,
    ppmid: ppmid ?? false,
    ihd: ihd ?? false,
    hcalcs: hcalcs ?? false,
  }
  return deviceNames.filter((name) => present[name])
}
