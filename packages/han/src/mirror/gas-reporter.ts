import type { Eui64 } from '@smets2-sim/bytes'
import { dataTypeId, metering } from '@smets2-sim/zcl'
import { COORDINATOR } from '../frames/address.js'
import type { Node } from '../node.js'
import { after, type Cancel } from '../scheduler.js'
import type { Outgoing, Records } from '../stack/zcl.js'
import { command, type Command } from '../stack/zcl-handler.js'
import { FLAG_ATTRIBUTES, messageFlags, NOTIFICATION_SCHEME_B } from './flags.js'

/** What a gas meter tells its mirror at a wake: attributes of one cluster, or a command of it. */
export type Report = {
  readonly cluster: number
  /** Is called when the mirror has it; what it has not is to be told again. */
  readonly delivered?: () => void
} & ({ readonly records: Records } | { readonly command: Command })

const { toClient, toServer } = metering
const NO_MIRROR = 0xffff
const REPORTING_STATUS = metering.attributes.attributeReportingStatus.id
const status = (complete: boolean) => ({
  id: REPORTING_STATUS,
  data: { type: dataTypeId.enum8, value: complete ? 1 : 0 },
})
/** How long the meter waits for the flags after its last report. Our decision. */
const FLAGS_MS = 10_000

/** The gas meter's side of its mirror: asks for it, reports at each wake, and learns from flags what waits. facts 10.1.3, 10.3. */
export class GasReporter {
  #mirror: { readonly hub: Eui64; readonly endpoint: number } | undefined
  #waiting: ((flags: readonly number[]) => void) | undefined
  #cancel: Cancel = () => undefined

  constructor(
    readonly node: Node,
    readonly endpoint: number,
    /** Seconds between wakes, which the mirror is told. */
    readonly intervalS: number,
  ) {}

  /** Whether it has a mirror at this hub: one that takes the place of another knows nothing of the mirror there. */
  hasMirror(hub: Eui64): boolean {
    return this.#mirror?.hub === hub
  }
  forget(): void {
    this.#mirror = undefined
  }

  #out(hub: Eui64, endpoint: number, cluster: number): Outgoing {
    return { to: { eui64: hub, endpoint }, from: this.endpoint, cluster, as: 'server' }
  }

  /** Asks for a mirror and configures it; `done` tells whether there is one. */
  setUp(hub: Eui64, now: number, done: (mirrored: boolean) => void): void {
    this.node.zdo.match(COORDINATOR, metering.id, 'client', ([esi]) => {
      if (esi === undefined) return done(false)
      const request = command(toClient.requestMirror, {})
      this.node.zcl.request(this.#out(hub, esi, metering.id), request, toServer.requestMirrorResponse, (outcome) => {
        const endpoint = outcome.kind === 'answered' ? outcome.value.endpointId : NO_MIRROR
        if (endpoint === NO_MIRROR) return done(false)
        const configure = command(toClient.configureMirror, {
          issuerEventId: now,
          reportingInterval: this.intervalS,
          mirrorNotificationReporting: 1,
          notificationScheme: NOTIFICATION_SCHEME_B,
        })
        this.node.zcl.request(this.#out(hub, endpoint, metering.id), configure, undefined, (configured) => {
          this.#mirror = configured.kind === 'failed' ? undefined : { hub, endpoint }
          done(this.hasMirror(hub))
        })
      })
    })
  }

  /** Reports, and gives back the flags of the mirror; undefined when it did not answer. */
  report(hub: Eui64, reports: readonly Report[], done: (flags: readonly number[] | undefined) => void): void {
    if (!this.#mirror) return done(undefined)
    const { endpoint } = this.#mirror
    const end = (flags: readonly number[] | undefined): void => {
      this.#cancel()
      this.#waiting = undefined
      done(flags)
    }
    const send = ([first, ...rest]: readonly Report[]): void => {
      if (!first) return this.#complete(hub, endpoint, end)
      const out = this.#out(hub, endpoint, first.cluster)
      const sent = (delivered: boolean): void => {
        if (!delivered) return end(undefined)
        first.delivered?.()
        send(rest)
      }
      if ('command' in first) this.node.zcl.send(out, first.command, sent)
      else
        this.node.zcl.report(
          out,
          first.cluster === metering.id ? [...first.records, status(false)] : first.records,
          sent,
        )
    }
    send(reports)
  }

  #complete(hub: Eui64, endpoint: number, end: (flags: readonly number[] | undefined) => void): void {
    this.#waiting = end
    this.node.zcl.report(this.#out(hub, endpoint, metering.id), [status(true)])
    this.#cancel = after(this.node.scheduler, FLAGS_MS, () => end(undefined))
  }

  /** A command of the mirror to the meter's metering server: the flags. */
  flagsArrived(flags: readonly number[]): void {
    this.#waiting?.(flags)
  }

  /** Asks for the messages behind the flags that have some. */
  askForMessages(hub: Eui64, flags: readonly number[]): void {
    for (const { attribute, mask } of messageFlags)
      if (attribute < FLAG_ATTRIBUTES && ((flags[attribute] ?? 0) & mask) !== 0)
        this.send(
          hub,
          metering.id,
          command(toClient.getNotifiedMessage, {
            notificationScheme: NOTIFICATION_SCHEME_B,
            notificationFlagAttributeId: attribute,
            notificationFlags: ((flags[attribute] ?? 0) & mask) >>> 0,
          }),
        )
  }

  /** Sends a command of the meter to its mirror: a snapshot, a log. */
  send(hub: Eui64, cluster: number, sent: Command): void {
    if (this.#mirror) this.node.zcl.send(this.#out(hub, this.#mirror.endpoint, cluster), sent)
  }
}
