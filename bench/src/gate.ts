import type { CryptoProvider } from '@smets2-sim/crypto'
import { decodeMessage, ECS52, macIsValid } from '@smets2-sim/gbcs'
import type { Case } from './measure.js'
import { benchPremises, meterId } from './premises.js'

/** What wrong messages cost: a device must not be worn down by them. The limit is the check of one MAC. */
export function gateCases(p: CryptoProvider): Case[] {
  const { meter, command, broker, deviceKeys } = benchPremises(p)
  const read = command(ECS52.command({ to: meterId }), 1n)
  const message = decodeMessage(read)
  const anchor = meter.anchors.get('accessControlBroker', 'keyAgreement')
  const z = deviceKeys.agree({
    id: broker.id,
    usage: 'keyAgreement',
    publicKey: anchor?.publicKey ?? new Uint8Array(0),
  })
  const badMac = read.slice()
  badMac[badMac.length - 1] = (badMac[badMac.length - 1] as number) ^ 1
  const notForUs = read.slice()
  notForUs[36] = (notForUs[36] as number) ^ 1
  const limit = `check of one MAC (${p.name})`
  const discard = (bytes: Uint8Array) => () => {
    if (meter.receive(bytes).kind !== 'discarded') throw new Error('a wrong message was not discarded')
  }
  return [
    { name: limit, run: () => macIsValid(p, z, message) },
    { name: `discard a command with a wrong MAC (${p.name})`, run: discard(badMac), limit },
    { name: `discard a command for another device (${p.name})`, run: discard(notForUs), limit },
    { name: `discard octets that are no message (${p.name})`, run: discard(read.subarray(0, 40)), limit },
  ]
}
