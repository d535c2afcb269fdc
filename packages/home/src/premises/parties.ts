import type { CryptoProvider } from '@smets2-sim/crypto'
import { ownCertificate } from '@smets2-sim/firmware'
import { FarEnd, type Wan } from '@smets2-sim/parties'
import { installCodeOf } from '../config/ids.js'
import type { Site } from '../commissioning/plan.js'
import type { Premises } from './premises.js'

/** What an installer knows of a home that is made from the same seed. */
export const siteOf = ({ ids, config, smki }: Pick<Premises, 'ids' | 'config' | 'smki'>): Omit<Site, 'now'> => ({
  ids,
  installCode: (name) => installCodeOf(config.seed, name),
  smki,
})

/**
 * The parties that command a home, with its devices in their inventory: with the certificates of the factory, or, where
 * the devices are at hand, with those that they have now.
 */
export function partiesOf(
  { ids, smki, devices }: Pick<Site, 'ids' | 'smki'> & Partial<Pick<Premises, 'devices'>>,
  wan: Wan,
  crypto?: CryptoProvider,
): FarEnd {
  const farEnd = new FarEnd({ smki, wan, ...(crypto && { crypto }) })
  for (const [name, id] of ids) {
    farEnd.inventory.addDevice(name, smki.device(id))
    for (const usage of ['digitalSignature', 'keyAgreement'] as const) {
      const certificate = devices?.get(name)?.device.items.read(ownCertificate(usage))
      if (certificate) farEnd.inventory.renew(certificate)
    }
  }
  return farEnd
}
/** The way to a home in the same process. */
export const wanOf = (premises: Premises): Wan => ({
  exchange: (command, timeoutS) => premises.exchange(command, timeoutS),
})
