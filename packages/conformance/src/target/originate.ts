import { GbcsError } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  encodeMessage,
  groupedOctetsOf,
  issueUtrn,
  messageMac,
  originatorCounterOf,
  type OtherInformation,
  type RemotePartyRole,
  signedOctetsOf,
  withMac,
} from '@smets2-sim/gbcs'
import { commandBody, type PartyRole } from '@smets2-sim/parties'
import { questionKey, type QuestionKey } from './conversation.js'
import { CounterSequence, counterOfTime } from './counters.js'
import { partyOf, type TargetKeys, type TargetParty } from './keys.js'
import type { PlannedCommand } from './planned.js'

/** A command as it leaves. */
export interface Originated {
  readonly bytes: Uint8Array
  readonly question: QuestionKey
}

/** Plays the parties of a keys file: builds commands, signs them and makes their MACs. */
export class Originator {
  readonly #keys: TargetKeys
  readonly #p: CryptoProvider
  readonly #counters: ReadonlyMap<TargetParty, CounterSequence>
  /** The secret of the access control broker and the device. */
  readonly macSecret: Uint8Array | undefined

  constructor(keys: TargetKeys, p: CryptoProvider, now: UtcSeconds) {
    this.#keys = keys
    this.#p = p
    this.#counters = new Map(keys.parties.map((one) => [one, new CounterSequence(one.counter ?? counterOfTime(now))]))
    const broker = partyOf(keys, 'accessControlBroker')?.keys.keyAgreement?.privateKey
    this.macSecret = broker && p.ecdh(broker, keys.device.keys.keyAgreement.publicKey)
  }

  /** Why a command cannot be sent; undefined when it can. */
  obstacle({ from, inNameOf, protection, topUp }: PlannedCommand): string | undefined {
    const party = partyOf(this.#keys, from)
    const other = inNameOf && partyOf(this.#keys, inNameOf.role)
    if (!party) return `the keys have no ${from}`
    if (protection !== 'mac' && !party.keys.digitalSignature?.privateKey) return `no private key of the ${from} to sign`
    if (protection !== 'signature' && !this.macSecret) return 'no private key of the accessControlBroker for the MAC'
    if (protection === 'mac' && !party.keys.keyAgreement?.privateKey) return `no private key of the ${from} to verify`
    if (inNameOf && !other) return `the keys have no ${inNameOf.role ?? 'party of the role that the command names'}`
    if (inNameOf?.certified && !other?.keys.keyAgreement?.certificate) return `no certificate of the ${inNameOf.role}`
    if (topUp?.token && !party.keys.prePaymentTopUp?.privateKey) return `no private key of the ${from} for tokens`
    return undefined
  }

  /** Builds a command under the next counter. @throws GbcsError when it cannot be built */
  originate(planned: PlannedCommand): Originated {
    const { useCase, from, inNameOf, protection, topUp } = planned
    const party = this.#party(from)
    const target = this.#keys.device.id
    const utrnCounter = topUp && this.#counterOf(party).nextTopUp()
    const originatorCounter = utrnCounter === undefined ? this.#next(party) : originatorCounterOf(utrnCounter)
    const utrn = utrnCounter !== undefined && topUp?.token && this.#token(party, utrnCounter, topUp.token)
    const question = questionKey(party.id, originatorCounter)
    const request = planned.request({ target, originatorCounter, ...(utrn && { utrn }) })
    const supplementary = inNameOf && this.#supplementary(inNameOf.role, inNameOf.certified)
    const body = commandBody(
      { ...request, useCase, target },
      { originator: party.id, originatorCounter, ...(supplementary && { supplementary }) },
    )
    const octets = signedOctetsOf(body)
    const signingKey = party.keys.digitalSignature?.privateKey
    const signature = protection !== 'mac' && signingKey ? this.#p.sign(signingKey, octets) : undefined
    const grouped = groupedOctetsOf(octets, signature)
    if (protection === 'signature' || !this.macSecret)
      return { question, bytes: encodeMessage({ ...body, ...(signature && { signature }) }) }
    return { question, bytes: withMac(grouped, messageMac(this.#p, this.macSecret, body, grouped)) }
  }

  #party(role: RemotePartyRole | undefined): TargetParty {
    const party = partyOf(this.#keys, role)
    if (!party) throw new GbcsError('unknownKey', `no ${role as PartyRole} in the keys`)
    return party
  }
  #counterOf(party: TargetParty): CounterSequence {
    return this.#counters.get(party) as CounterSequence
  }
  #next(party: TargetParty): bigint {
    return this.#counterOf(party).next()
  }
  #supplementary(role: RemotePartyRole | undefined, certified: boolean): Omit<OtherInformation, 'messageCode'> {
    const party = this.#party(role)
    const certificate = party.keys.keyAgreement?.certificate
    return {
      supplementaryRemotePartyId: party.id,
      supplementaryRemotePartyCounter: this.#next(party),
      ...(certified && certificate && { supplementaryCertificate: certificate }),
    }
  }
  #token(party: TargetParty, utrnCounter: number, value: NonNullable<NonNullable<PlannedCommand['topUp']>['token']>) {
    const key = party.keys.prePaymentTopUp?.privateKey
    if (!key) throw new GbcsError('unknownKey', `${party.id} has no key for tokens`)
    const { id: device, keys } = this.#keys.device
    const z = this.#p.ecdh(key, keys.keyAgreement.publicKey)
    return issueUtrn(this.#p, z, { supplier: party.id, device, utrnCounter }, value)
  }
}
