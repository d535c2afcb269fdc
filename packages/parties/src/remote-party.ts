import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import type { CryptoProvider, KeyStore } from '@smets2-sim/crypto'
import type { CommandRequest, DecodedMessage } from '@smets2-sim/gbcs'
import type { AccessControlBroker } from './access-control-broker.js'
import { type Alert, type AlertReading, readAlert } from './alert.js'
import { CommandRefused, CommandTimedOut } from './errors.js'
import type { Inventory } from './inventory.js'
import { outgoing, type OutgoingCommand } from './outgoing.js'
import { hasMac, isSigned, readResponse, type Response } from './response.js'
import { type Identity, identityKeyStore, type PartyRole } from './smki/index.js'
import type { Wan } from './wan.js'

/** A request, or one that quotes the counter under which it is sent. */
export type Request<V> = CommandRequest<V> | ((originatorCounter: bigint) => CommandRequest<V>)

export interface SendOptions {
  /** Seconds of the devices' time; 24 hours where it is left out, the longest that a response may take. */
  readonly timeoutS?: number
  /** Another than the next of the party's sequence: top-ups have one of their own. */
  readonly originatorCounter?: bigint
  /** Signs in the place of the party's own keys: an order under the contingency key. */
  readonly signer?: KeyStore
}

/** What all parties share: the network, the broker, and what is known of devices. */
export interface FarEndContext {
  readonly crypto: CryptoProvider
  readonly inventory: Inventory
  readonly broker: AccessControlBroker
  readonly wan: Wan
}

const DAY_S = 86_400

/** An organisation that commands devices: its keys, its counter, and the alerts that it has got. */
export class RemoteParty {
  readonly role: PartyRole
  readonly context: FarEndContext
  /** Authentic alerts, oldest first. */
  readonly alerts: Alert[] = []
  /** Alerts for this party that were not authentic, of no known device, or unreadable. */
  readonly rejected: DecodedMessage[] = []
  #identity: Identity
  #keys: KeyStore
  #counter: bigint
  #unread: Alert[] = []
  readonly #listeners = new Set<(alert: Alert) => void>()

  constructor(role: PartyRole, identity: Identity, context: FarEndContext, firstCounter: bigint) {
    this.role = role
    this.context = context
    this.#identity = identity
    this.#keys = identityKeyStore(context.crypto, identity)
    this.#counter = firstCounter - 1n
  }

  get identity(): Identity {
    return this.#identity
  }
  get id(): Eui64 {
    return this.#identity.id
  }
  get keys(): KeyStore {
    return this.#keys
  }
  /** The last originator counter that was used: one sequence for all devices. facts 2.2. */
  get counter(): bigint {
    return this.#counter
  }
  nextCounter(): bigint {
    return ++this.#counter
  }

  /** Goes on under new keys, as soon as devices have been told of them. */
  renew(identity: Identity): void {
    this.#identity = identity
    this.#keys = identityKeyStore(this.context.crypto, identity)
    this.context.inventory.addParty(this.role, identity)
  }

  /** The command as it leaves, with the next counter. */
  build<V>(
    request: Request<V>,
    { originatorCounter = this.nextCounter(), signer = this.#keys }: SendOptions = {},
  ): OutgoingCommand<V> {
    const { inventory, broker } = this.context
    const typed = typeof request === 'function' ? request(originatorCounter) : request
    const sender = { originator: this.id, originatorCounter }
    return outgoing(typed, sender, inventory.device(typed.target), { role: this.role, keys: signer, broker })
  }

  /**
   * Sends a command and gives its response, verified and read.
   * @throws CommandRefused, CommandTimedOut, ResponseNotAuthentic
   */
  async send<V>(request: Request<V>, options: SendOptions = {}): Promise<Response<V>> {
    const command = this.build(request, options)
    return this.read(command, await this.exchange(command, options))
  }

  /** Delivers a command that was built before; gives the octets of the answer. @throws CommandRefused, CommandTimedOut */
  async exchange({ octets, request }: OutgoingCommand, { timeoutS = DAY_S }: SendOptions = {}): Promise<Uint8Array> {
    const answer = await this.context.wan.exchange(octets, timeoutS)
    const { name } = request.useCase
    switch (answer.kind) {
      case 'response':
        return answer.message
      case 'discarded':
        throw new CommandRefused(answer.reason, `${name} to ${request.target}: ${answer.detail}`)
      case 'timeout':
        throw new CommandTimedOut(`no response to ${name} from ${request.target} within ${timeoutS} s`)
    }
  }

  /** Verifies and reads a response to a command of this party. `reader` opens sensitive parts in its place. */
  read<V>(command: OutgoingCommand<V>, octets: Uint8Array, reader: KeyStore = this.#keys): Response<V> {
    const { crypto, inventory } = this.context
    const device = inventory.device(command.request.target)
    return readResponse(command, octets, { crypto, device, originator: this.#keys, reader })
  }

  /** Takes an alert for this party; one that is not authentic is kept apart. */
  accept(message: DecodedMessage): void {
    if (message.kind !== 'alert') return
    const reading = this.#isAuthentic(message) ? tryRead(message) : undefined
    if (!reading) return void this.rejected.push(message)
    const { originator: from, originatorCounter } = message
    const alert = { ...reading, from, originatorCounter, message }
    this.alerts.push(alert)
    this.#unread.push(alert)
    for (const listener of [...this.#listeners]) listener(alert)
  }
  #isAuthentic(message: DecodedMessage): boolean {
    const { crypto, inventory } = this.context
    if (!inventory.hasDevice(message.originator)) return false
    const keys = { crypto, device: inventory.device(message.originator), originator: this.#keys }
    return message.signature ? isSigned(message, keys) : hasMac(message, keys)
  }

  /** The oldest alert of those that `wanted` picks and that was not taken before. */
  takeAlert(wanted: (alert: Alert) => boolean = () => true): Alert | undefined {
    const found = this.#unread.find(wanted)
    this.#unread = this.#unread.filter((alert) => alert !== found)
    return found
  }
  /** Hears of every alert to come; gives the way to stop. */
  onAlert(listener: (alert: Alert) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

function tryRead(message: DecodedMessage): AlertReading | undefined {
  try {
    return readAlert(message)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
