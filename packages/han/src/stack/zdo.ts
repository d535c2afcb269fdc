import { type Eui64, eui64 } from '@smets2-sim/bytes'
import { type CommandDefinition, decodeFields, encodeFields, type Field, type FieldsValue } from '@smets2-sim/zcl'
import { COORDINATOR } from '../frames/address.js'
import { ZDO, ZDP_RESPONSE, zdp, zdpStatus } from '../frames/zdp.js'
import { after, type Scheduler } from '../scheduler.js'
import type { AddressBook } from './address-book.js'
import type { Aps, ApsMessage } from './aps.js'
import { attempt } from './attempt.js'
import { ignore } from './mac.js'
import type { Side } from './zcl-handler.js'
import { SMART_ENERGY, type Zcl } from './zcl.js'

const ANSWER_MS = 15_000

/** The device object of one node: who has which address, and which endpoint serves what. facts 10.5. */
export class Zdo {
  /** The hub lets nodes join, everywhere, for so many seconds. */
  onPermitJoining: (durationS: number) => void = () => undefined
  readonly #scheduler: Scheduler
  readonly #waiting = new Map<string, (payload: Uint8Array | undefined) => void>()
  #sequence = 0

  constructor(
    readonly aps: Aps,
    readonly addresses: AddressBook,
    readonly zcl: Zcl,
  ) {
    this.#scheduler = aps.nwk.mac.network.scheduler
  }

  /** Tells everybody this node's address. */
  announce(capability: number): void {
    const { eui64, shortAddress } = this.aps.nwk.mac
    const payload = encodeFields(zdp.deviceAnnounce, { sequence: this.#next(), shortAddress, eui64, capability })
    this.aps.broadcast(addressing(zdp.deviceAnnounce.id), payload)
  }

  /** Asks all routers to let nodes join for so many seconds, at most 254. */
  permitJoining(durationS: number): void {
    const fields = { sequence: this.#next(), durationS: Math.min(durationS, 254), trustCentreSignificance: 0 }
    this.aps.broadcast(addressing(zdp.permitJoiningRequest.id), encodeFields(zdp.permitJoiningRequest, fields))
  }

  /** The short address of a node: from the address book, else from the hub. */
  resolve(id: Eui64, done: (shortAddress: number | undefined) => void): void {
    const known = this.addresses.shortOf(id)
    const { shortAddress } = this.aps.nwk.mac
    if (known !== undefined || shortAddress === COORDINATOR) return done(known)
    const fields = { eui64: id, requestType: 0, startIndex: 0 }
    this.#ask(COORDINATOR, zdp.nwkAddressRequest, zdp.nwkAddressResponse, fields, (answer) => {
      if (answer?.status === zdpStatus.success) this.addresses.learn(eui64(answer.eui64), answer.shortAddress)
      done(this.addresses.shortOf(id))
    })
  }

  /** The endpoints of a node that are on this side of a Smart Energy cluster. */
  match(shortAddress: number, cluster: number, side: Side, done: (endpoints: readonly number[]) => void): void {
    const [inClusters, outClusters] = side === 'server' ? [[cluster], []] : [[], [cluster]]
    const fields = { shortAddress, profileId: SMART_ENERGY, inClusters, outClusters }
    this.#ask(shortAddress, zdp.matchDescriptorRequest, zdp.matchDescriptorResponse, fields, (answer) =>
      done(answer?.endpoints ?? []),
    )
  }

  #next(): number {
    return (this.#sequence = (this.#sequence + 1) & 0xff)
  }

  #ask<Q extends Record<string, Field<any>>, A extends Record<string, Field<any>>>(
    to: number,
    request: CommandDefinition<Q>,
    response: CommandDefinition<A>,
    fields: Omit<FieldsValue<Q>, 'sequence'>,
    done: (answer: FieldsValue<A> | undefined) => void,
  ): void {
    const sequence = this.#next()
    const key = `${to} ${response.id} ${sequence}`
    const end = (payload: Uint8Array | undefined): void => {
      if (!this.#waiting.delete(key)) return
      cancel()
      done(payload && attempt(() => decodeFields(response, payload)))
    }
    this.#waiting.set(key, end)
    const cancel = after(this.#scheduler, ANSWER_MS, () => end(undefined))
    const payload = encodeFields(request, { sequence, ...fields } as unknown as FieldsValue<Q>)
    this.aps.send(to, addressing(request.id), payload, (delivered) => {
      if (!delivered) end(undefined)
    })
  }

  receive(message: ApsMessage): void {
    if (message.clusterId & ZDP_RESPONSE)
      return this.#waiting.get(`${message.source} ${message.clusterId} ${message.payload[0]}`)?.(message.payload)
    switch (message.clusterId) {
      case zdp.deviceAnnounce.id: {
        const announced = attempt(() => decodeFields(zdp.deviceAnnounce, message.payload))
        if (announced) this.addresses.learn(eui64(announced.eui64), announced.shortAddress)
        return
      }
      case zdp.permitJoiningRequest.id: {
        const permit = attempt(() => decodeFields(zdp.permitJoiningRequest, message.payload))
        if (permit && message.source === COORDINATOR) this.onPermitJoining(permit.durationS)
        return
      }
      case zdp.nwkAddressRequest.id:
        return this.#answerAddress(message)
      case zdp.matchDescriptorRequest.id:
        return this.#answerMatch(message)
    }
  }

  #answer<A extends Record<string, Field<any>>>(
    to: number,
    response: CommandDefinition<A>,
    fields: FieldsValue<A>,
  ): void {
    this.aps.send(to, addressing(response.id), encodeFields(response, fields), ignore)
  }

  #answerAddress(message: ApsMessage): void {
    const request = attempt(() => decodeFields(zdp.nwkAddressRequest, message.payload))
    if (!request) return
    const { mac } = this.aps.nwk
    const wanted = eui64(request.eui64)
    const found = wanted === mac.eui64 ? mac.shortAddress : this.addresses.shortOf(wanted)
    if (found === undefined && message.broadcast) return
    this.#answer(message.source, zdp.nwkAddressResponse, {
      sequence: request.sequence,
      status: found === undefined ? zdpStatus.deviceNotFound : zdpStatus.success,
      eui64: wanted,
      shortAddress: found ?? 0xffff,
    })
  }

  #answerMatch(message: ApsMessage): void {
    const request = attempt(() => decodeFields(zdp.matchDescriptorRequest, message.payload))
    if (!request || request.profileId !== SMART_ENERGY) return
    const endpoints = [
      ...request.inClusters.flatMap((cluster) => this.zcl.endpointsOf(cluster, 'server')),
      ...request.outClusters.flatMap((cluster) => this.zcl.endpointsOf(cluster, 'client')),
    ]
    this.#answer(message.source, zdp.matchDescriptorResponse, {
      sequence: request.sequence,
      status: zdpStatus.success,
      shortAddress: this.aps.nwk.mac.shortAddress,
      endpoints: [...new Set(endpoints)],
    })
  }
}

const addressing = (clusterId: number) => ({
  destinationEndpoint: ZDO.endpoint,
  clusterId,
  profileId: ZDO.profileId,
  sourceEndpoint: ZDO.endpoint,
})
