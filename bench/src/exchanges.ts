import type { CryptoProvider } from '@smets2-sim/crypto'
import {
  type CommandRequest,
  decodeMessage,
  ECS17b,
  ECS42,
  ECS52,
  macIsValid,
  messageMac,
  sealSensitive,
  type UseCaseHead,
} from '@smets2-sim/gbcs'
import { benchPremises, meterId } from './premises.js'
import type { Case } from './measure.js'

/** An exchange of a kind: the command that is sent, and whether its answer is signed and encrypted. */
const kinds: readonly { readonly name: string; readonly request: CommandRequest }[] = [
  { name: 'critical', request: ECS42.command({ to: meterId }) },
  { name: 'non-critical', request: ECS52.command({ to: meterId }) },
  { name: 'sensitive', request: ECS17b.command({ to: meterId }) },
]

/** How many commands are made beforehand; a critical one is used once, for its counter must be new. */
const PREPARED = 4_000

/**
 * A whole exchange in one meter (octets in, octets out), beside the primitives that it cannot do without: checking
 * the MAC and the signature of the command, protecting the response.
 */
export function exchangeCases(p: CryptoProvider, prepared = PREPARED): Case[] {
  const label = (what: string): string => `${what} (${p.name})`
  return kinds.flatMap(({ name, request }) => {
    const { meter, command, supplier, broker, deviceKeys } = benchPremises(p)
    const commands = Array.from({ length: prepared }, (_, i) => command(request, BigInt(i + 1)))
    let next = 0
    const exchange = (): void => {
      if (next === commands.length) {
        // the counters start again: as after a change of supplier
        meter.counters.setFloor('supplier', 0n)
        next = 0
      }
      const outcome = meter.receive(commands[next++] as Uint8Array)
      if (outcome.kind !== 'responded') throw new Error(`${name}: ${outcome.reason}, ${outcome.detail}`)
    }
    const first = decodeMessage(commands[0] as Uint8Array)
    const anchorOf = (role: 'supplier' | 'accessControlBroker', usage: 'digitalSignature' | 'keyAgreement') =>
      meter.anchors.get(role, usage)?.publicKey as Uint8Array
    const agree = (id: typeof broker.id, publicKey: Uint8Array): Uint8Array =>
      deviceKeys.agree({ id, usage: 'keyAgreement', publicKey })
    const brokerZ = agree(broker.id, anchorOf('accessControlBroker', 'keyAgreement'))
    const supplierZ = agree(supplier.id, anchorOf('supplier', 'keyAgreement'))
    const supplierKey = anchorOf('supplier', 'digitalSignature')
    const response = { ...first, kind: 'response' as const }
    const sealed = new Uint8Array(40)
    const bare = bareExchange(request.useCase, {
      checkMac: () => macIsValid(p, brokerZ, first),
      verify: () => p.verify(supplierKey, first.signedOctets, first.signature ?? new Uint8Array(64)),
      sign: () => deviceKeys.sign(first.signedOctets),
      mac: () => messageMac(p, supplierZ, response, first.groupedOctets),
      seal: () => sealSensitive(p, supplierZ, { device: meterId, recipient: supplier.id, counter: 1n }, sealed),
    })
    const limit = label(`primitives of a ${name} exchange`)
    return [
      { name: label(`${name} exchange`), run: exchange, limit },
      { name: limit, run: bare },
    ]
  })
}

interface Primitives {
  checkMac(): unknown
  verify(): unknown
  sign(): unknown
  mac(): unknown
  seal(): unknown
}

/** The cryptography of one exchange and nothing else. */
function bareExchange({ category, sensitive }: UseCaseHead, p: Primitives): () => void {
  if (category === 'SME.C.C')
    return () => {
      p.checkMac()
      p.verify()
      p.sign()
    }
  return () => {
    p.checkMac()
    if (sensitive) p.seal()
    p.mac()
  }
}
