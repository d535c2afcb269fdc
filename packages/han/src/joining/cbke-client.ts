import { equalConstantTime } from '@smets2-sim/crypto'
import { type CommandDefinition, type Field, type FieldsValue, keyEstablishment, suite2 } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import { command, type Command, type Peer } from '../stack/zcl-handler.js'
import { Progress } from '../transitions.js'
import { agree, modelCertificate, modelEphemeral, type Party, refusalOf, terminateStatus } from './cbke.js'
import { establishmentTable } from './cbke-table.js'

/** Seconds within which this end makes its ephemeral value and its confirmation. facts 10.14. */
export const GENERATE_S = 10
const { toServer, toClient } = keyEstablishment

/** What came of it: a link key, or how many seconds to wait before another attempt. */
export type Establishment = { readonly linkKey: Uint8Array } | { readonly waitS: number }
const DEFAULT_WAIT_S = 10

/** Establishes a link key with the trust centre, as its initiator. */
export class CbkeClient {
  readonly progress = new Progress(establishmentTable, 'idle')
  readonly #own: Omit<Party, 'ephemeral'>
  #done: ((result: Establishment) => void) | undefined
  #run = 0

  constructor(
    readonly node: Node,
    readonly endpoint: number,
  ) {
    this.#own = { eui64: node.eui64, certificate: modelCertificate(node.network.cipher, node.eui64) }
    node.zcl.serve(endpoint, keyEstablishment.id, 'client', {
      command: ({ name, fields }) => {
        if (name === 'terminateKeyEstablishment') this.#terminated(fields['waitTime'] as number)
        return undefined
      },
    })
  }

  start(trustCentre: Peer, done: (result: Establishment) => void): void {
    if (!this.progress.fire('start')) return done({ waitS: DEFAULT_WAIT_S })
    this.#run++
    this.#done = done
    this.#initiate(trustCentre)
  }

  #end(result: Establishment): void {
    const done = this.#done
    this.#done = undefined
    done?.(result)
  }
  #terminated(waitS: number): void {
    if (this.progress.fire('terminated')) this.#end({ waitS })
  }

  /** Asks, and goes on with the answer unless the exchange has ended meanwhile. */
  #ask<F extends Record<string, Field<any>>>(
    to: Peer,
    sent: Command,
    response: CommandDefinition<F>,
    next: (value: FieldsValue<F>) => void,
  ): void {
    const run = this.#run
    const out = { to, from: this.endpoint, cluster: keyEstablishment.id, as: 'client' } as const
    this.node.zcl.request(out, sent, response, (outcome) => {
      if (run !== this.#run || !this.#done) return
      if (outcome.kind === 'answered') next(outcome.value)
      else if (this.progress.fire('noAnswer')) this.#end({ waitS: DEFAULT_WAIT_S })
    })
  }

  #refuse(to: Peer, statusCode: number): void {
    const fields = { statusCode, waitTime: DEFAULT_WAIT_S, keyEstablishmentSuite: suite2.suite }
    const out = { to, from: this.endpoint, cluster: keyEstablishment.id, as: 'client' } as const
    this.node.zcl.send(out, command(toServer.terminateKeyEstablishment, fields))
    this.#terminated(DEFAULT_WAIT_S)
  }

  #initiate(to: Peer): void {
    const request = command(toServer.initiateKeyEstablishmentRequest, {
      keyEstablishmentSuite: suite2.suite,
      ephemeralDataGenerateTime: GENERATE_S,
      confirmKeyGenerateTime: GENERATE_S,
      identity: this.#own.certificate,
    })
    this.#ask(to, request, toClient.initiateKeyEstablishmentResponse, (answer) => {
      const certificate = answer.identity.slice()
      const refusal = refusalOf(certificate, to.eui64)
      if (refusal !== undefined) return this.#refuse(to, refusal)
      this.progress.fire('answered')
      this.#exchange(to, certificate)
    })
  }

  #exchange(to: Peer, certificate: Uint8Array): void {
    const own = { ...this.#own, ephemeral: modelEphemeral(this.node.random) }
    const request = command(toServer.ephemeralDataRequest, { ephemeralData: own.ephemeral })
    this.#ask(to, request, toClient.ephemeralDataResponse, (answer) => {
      this.progress.fire('answered')
      const ephemeral = answer.ephemeralData.slice()
      this.#confirm(to, own, { eui64: to.eui64, certificate, ephemeral })
    })
  }

  #confirm(to: Peer, own: Party, other: Party): void {
    const { linkKey, initiatorCode, responderCode } = agree(this.node.network.cipher, own, other)
    const request = command(toServer.confirmKeyDataRequest, { messageAuthenticationCode: initiatorCode })
    this.#ask(to, request, toClient.confirmKeyDataResponse, (answer) => {
      if (!equalConstantTime(answer.messageAuthenticationCode, responderCode))
        return this.#refuse(to, terminateStatus.badKeyConfirm)
      this.progress.fire('confirmed')
      this.#end({ linkKey })
    })
  }
}
