import type { Eui64 } from '@smets2-sim/bytes'
import { type CryptoProvider, native } from '@smets2-sim/crypto'
import { AccessControlBroker } from './access-control-broker.js'
import { Inventory } from './inventory.js'
import { type FarEndContext, RemoteParty } from './remote-party.js'
import { type PartyRole, standardSet, type TestSmki } from './smki/index.js'
import { Supplier } from './supplier.js'
import { tryDecode, type Wan } from './wan.js'

export interface FarEndOptions {
  /** Who issues the credentials of all parties. */
  readonly smki: TestSmki
  readonly wan: Wan
  readonly crypto?: CryptoProvider
  /** Identities other than those of the standard set. */
  readonly ids?: Partial<Readonly<Record<PartyRole, Eui64>>>
  /** Of every party. A far end that starts anew must go on above the counters that devices have seen. */
  readonly firstCounter?: bigint
}

/** The identity of a role in the standard set: its first. */
export const standardPartyId = (role: PartyRole): Eui64 =>
  (standardSet.organisations.find((one) => one.role === role) as { id: Eui64 }).id

/** Everybody who commands the devices of a home: one party of each role, and more suppliers if there are to be any. */
export class FarEnd {
  readonly inventory = new Inventory()
  readonly supplier: Supplier
  readonly networkOperator: RemoteParty
  readonly accessControlBroker: AccessControlBroker
  readonly transitionalCoS: RemoteParty
  readonly wanProvider: RemoteParty
  readonly recovery: RemoteParty
  readonly loadController: RemoteParty
  readonly #options: FarEndOptions
  readonly #context: FarEndContext
  readonly #parties = new Map<Eui64, RemoteParty>()

  constructor(options: FarEndOptions) {
    this.#options = options
    const broker = (): AccessControlBroker => this.accessControlBroker
    this.#context = {
      crypto: options.crypto ?? native,
      inventory: this.inventory,
      wan: options.wan,
      get broker() {
        return broker()
      },
    }
    this.supplier = this.addSupplier(this.#idOf('supplier'))
    this.networkOperator = this.#party('networkOperator')
    this.accessControlBroker = this.#add(
      new AccessControlBroker(this.#identity('accessControlBroker'), this.#context, this.#firstCounter),
    )
    this.transitionalCoS = this.#party('transitionalCoS')
    this.wanProvider = this.#party('wanProvider')
    this.recovery = this.#party('recovery')
    this.loadController = this.#party('loadController')
  }

  /** A further supplier, for homes to change to. */
  addSupplier(id: Eui64): Supplier {
    return this.#add(new Supplier(this.#identity('supplier', id), this.#context, this.#firstCounter))
  }
  /** A further party of any other role. */
  addParty(role: PartyRole, id: Eui64): RemoteParty {
    return this.#party(role, id)
  }

  /** All of them. */
  get parties(): readonly RemoteParty[] {
    return [...this.#parties.values()]
  }
  party(id: Eui64): RemoteParty | undefined {
    return this.#parties.get(id)
  }

  /** Takes what came from a home unasked: an alert goes to the party that it is for. Anything else leads nowhere. */
  accept(octets: Uint8Array): void {
    const message = tryDecode(octets)
    if (message) this.#parties.get(message.target)?.accept(message)
  }

  get #firstCounter(): bigint {
    return this.#options.firstCounter ?? 1n
  }
  #idOf(role: PartyRole): Eui64 {
    return this.#options.ids?.[role] ?? standardPartyId(role)
  }
  #identity(role: PartyRole, id = this.#idOf(role)) {
    return this.#options.smki.organisation(role, id)
  }
  #party(role: PartyRole, id = this.#idOf(role)): RemoteParty {
    return this.#add(new RemoteParty(role, this.#identity(role, id), this.#context, this.#firstCounter))
  }
  #add<P extends RemoteParty>(party: P): P {
    this.inventory.addParty(party.role, party.identity)
    this.#parties.set(party.id, party)
    return party
  }
}
