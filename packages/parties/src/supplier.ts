import { type Eui64, latin1 } from '@smets2-sim/bytes'
import type { KeyStore } from '@smets2-sim/crypto'
import {
  type Addressee,
  addressOf,
  type CommandRequest,
  CS01a,
  CS01b,
  issueUtrn,
  originatorCounterOf,
  ptutValue,
} from '@smets2-sim/gbcs'
import { type FarEndContext, RemoteParty, type SendOptions } from './remote-party.js'
import type { Response } from './response.js'
import { type Identity, topUpKeyStore } from './smki/index.js'

/** A token, and the command that carries it to the meter. */
export interface TopUp {
  /** The 20 digits that a consumer may type as well. */
  readonly utrn: string
  readonly pence: number
  readonly originatorCounter: bigint
  readonly request: CommandRequest
}

/** Originating device of Consumer Top Up: the energy services interface, for all that comes from afar. facts 9.9. */
const FROM_AFAR = 0x00

/** A supplier: besides commands it issues top-up tokens, which have a counter sequence of their own. facts 9. */
export class Supplier extends RemoteParty {
  #topUpKeys: KeyStore
  #utrnCounter: number

  constructor(identity: Identity, context: FarEndContext, firstCounter: bigint, firstUtrnCounter = 1) {
    super('supplier', identity, context, firstCounter)
    this.#topUpKeys = topUpKeyStore(context.crypto, identity)
    this.#utrnCounter = firstUtrnCounter - 1
  }

  /** The last counter of a token. */
  get utrnCounter(): number {
    return this.#utrnCounter
  }
  override renew(identity: Identity): void {
    super.renew(identity)
    this.#topUpKeys = topUpKeyStore(this.context.crypto, identity)
  }

  /** Issues a token for a meter. @throws GbcsError `invalidValue` for an amount that no token carries */
  issueTopUp({ to, pence }: { readonly to: Addressee; readonly pence: number }): TopUp {
    const { crypto, inventory } = this.context
    const device = inventory.device(addressOf(to))
    const value = ptutValue(pence)
    const utrnCounter = ++this.#utrnCounter
    const z = this.#topUpKeys.agree({ id: device.id, usage: 'keyAgreement', publicKey: device.keyAgreement })
    const utrn = issueUtrn(crypto, z, { supplier: this.id, device: device.id, utrnCounter }, value)
    const request = device.kind === 'gsme' ? toGasMeter(device.id, utrn) : toElectricityMeter(device.id, utrn)
    return { utrn, pence, originatorCounter: originatorCounterOf(utrnCounter), request }
  }

  /** Sends a token to its meter; again, if it is given again. */
  sendTopUp({ request, originatorCounter }: TopUp, options: SendOptions = {}): Promise<Response> {
    return this.send(request, { ...options, originatorCounter })
  }
}

const toElectricityMeter = (to: Eui64, utrn: string): CommandRequest =>
  CS01a.command({ to, tokenGateway: latin1(utrn) })
const toGasMeter = (to: Eui64, utrn: string): CommandRequest =>
  CS01b.command({
    to,
    parts: [{ item: 'consumerTopUp', fields: { originatingDevice: FROM_AFAR, topUpCode: latin1(utrn) } }],
  })
