import type { Eui64 } from '@smets2-sim/bytes'
import { equalConstantTime } from '@smets2-sim/crypto'
import { dataTypeId, keyEstablishment, suite2 } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import { command, type Peer, type ReceivedCommand, type Reply } from '../stack/zcl-handler.js'
import { agree, modelCertificate, modelEphemeral, type Party, refusalOf, terminateStatus } from './cbke.js'
import { GENERATE_S } from './cbke-client.js'

const { toClient } = keyEstablishment

interface Session {
  readonly with: Eui64
  readonly certificate: Uint8Array
  exchange?: { readonly own: Party; readonly other: Party }
  readonly expiresMs: number
}
/** One exchange at a time; an abandoned one is dropped after so long. facts 10.14. */
const BUSY_WAIT_S = 30
const SESSION_MS = 30_000

/** The trust centre's side of key establishment. `established` hears of each link key that a device has confirmed. */
export class CbkeServer {
  #session: Session | undefined
  readonly #certificate: Uint8Array

  constructor(
    readonly node: Node,
    readonly endpoint: number,
    /** Whether this node may establish a key. */
    readonly accepts: (peer: Eui64) => boolean,
    readonly established: (peer: Eui64, linkKey: Uint8Array) => void,
  ) {
    this.#certificate = modelCertificate(node.network.cipher, node.eui64)
    node.zcl.serve(endpoint, keyEstablishment.id, 'server', {
      read: (id) =>
        id === keyEstablishment.attributes.keyEstablishmentSuite.id
          ? { type: dataTypeId.enum16, value: suite2.suite }
          : undefined,
      command: (received, from) => this.#handle(received, from),
    })
  }

  #handle({ name, fields }: ReceivedCommand, from: Peer): Reply {
    switch (name) {
      case 'initiateKeyEstablishmentRequest':
        return this.#initiated(fields['keyEstablishmentSuite'] as number, fields['identity'] as Uint8Array, from)
      case 'ephemeralDataRequest':
        return this.#exchanged(fields['ephemeralData'] as Uint8Array, from)
      case 'confirmKeyDataRequest':
        return this.#confirmed(fields['messageAuthenticationCode'] as Uint8Array, from)
      default:
        if (this.#session?.with === from.eui64) this.#session = undefined
        return undefined
    }
  }

  #terminate(statusCode: number, waitTime: number = GENERATE_S): Reply {
    const fields = { statusCode, waitTime, keyEstablishmentSuite: suite2.suite }
    return command(toClient.terminateKeyEstablishment, fields)
  }

  #initiated(suite: number, identity: Uint8Array, from: Peer): Reply {
    const now = this.node.scheduler.now()
    if (suite !== suite2.suite) return this.#terminate(terminateStatus.unsupportedSuite)
    const refusal = this.accepts(from.eui64) ? refusalOf(identity, from.eui64) : terminateStatus.badMessage
    if (refusal !== undefined) return this.#terminate(refusal)
    if (this.#session && this.#session.with !== from.eui64 && this.#session.expiresMs > now)
      return this.#terminate(terminateStatus.noResources, BUSY_WAIT_S)
    this.#session = { with: from.eui64, certificate: identity.slice(), expiresMs: now + SESSION_MS }
    return command(toClient.initiateKeyEstablishmentResponse, {
      keyEstablishmentSuite: suite2.suite,
      ephemeralDataGenerateTime: GENERATE_S,
      confirmKeyGenerateTime: GENERATE_S,
      identity: this.#certificate,
    })
  }

  #exchanged(ephemeral: Uint8Array, from: Peer): Reply {
    const session = this.#session
    if (session?.with !== from.eui64) return this.#terminate(terminateStatus.badMessage)
    const own = {
      eui64: this.node.eui64,
      certificate: this.#certificate,
      ephemeral: modelEphemeral(this.node.random),
    }
    session.exchange = {
      own,
      other: { eui64: from.eui64, certificate: session.certificate, ephemeral: ephemeral.slice() },
    }
    return command(toClient.ephemeralDataResponse, { ephemeralData: own.ephemeral })
  }

  #confirmed(code: Uint8Array, from: Peer): Reply {
    const session = this.#session
    if (session?.with !== from.eui64 || !session.exchange) return this.#terminate(terminateStatus.badMessage)
    const { own, other } = session.exchange
    this.#session = undefined
    const { linkKey, initiatorCode, responderCode } = agree(this.node.network.cipher, other, own)
    if (!equalConstantTime(code, initiatorCode)) return this.#terminate(terminateStatus.badKeyConfirm)
    this.established(from.eui64, linkKey)
    return command(toClient.confirmKeyDataResponse, { messageAuthenticationCode: responderCode })
  }
}
