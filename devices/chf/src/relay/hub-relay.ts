import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { craFlag, type DecodedMessage, decodeMessage } from '@smets2-sim/gbcs'
import { type Device, type Item, item, type Process, raise } from '@smets2-sim/firmware'
import { hubDeviceType, inHubLog } from '../device-log/hub-log.js'
import { recordTransmission, type Transmission } from '../device-log/communications.js'
import { deliveryFailed, type LostMessage, messageDiscarded } from '../events.js'
import { isSubGhz } from '../sub-ghz/capacity.js'
import { mayNotSend } from '../sub-ghz/duty-cycle.js'
import { commissioningState, switchedOn, wanConnected } from '../time/commissioning.js'
import * as relay from './relay.js'
import { targetOf } from './target-of.js'
import * as wan from './wan-end.js'

const wanEnd: Item<wan.WanEnd> = item('chf.wan', wan.newWanEnd)
const relayState: Item<relay.RelayState> = item('chf.relay', relay.emptyRelay)

/** The ways out of the hub. */
export interface HubLinks {
  toWan(frame: wan.WanFrame): void
  /** Everything up to a number has been taken from the wide area network. */
  confirmWan(number: number): void
  /** A message for a device: `HubRelay.delivered` hears what came of it. */
  toDevice(target: Eui64, message: Uint8Array, number: number, remaining: number): void
  /** Messages wait for a device that sleeps. */
  pending(target: Eui64): void
  /** A message for the hub or the gas proxy in it. */
  own(target: Eui64, message: Uint8Array): void
  /** What became of a message for a device; `noTarget` of octets that name none. Hubs tell it by alerts, where at all. */
  ended?(ending: relay.Ending | 'noTarget', message: Uint8Array, target?: Eui64): void
  /** Where a device is that is not in the log. Nowhere when this is left out. */
  placeOfStranger?(id: Eui64): relay.Place
}

/**
 * The hub between the wide area network and the devices of its log. What it holds is part of the hub's state, saved
 * before anything leaves, so that a power cycle loses nothing. It looks at the header of a message, never inside.
 */
export class HubRelay {
  readonly #device: Device
  readonly #links: HubLinks
  readonly #inTheHub: ReadonlySet<Eui64>

  /** `proxy` is the gas proxy in the same hub. */
  constructor(device: Device, links: HubLinks, proxy?: Eui64) {
    this.#device = device
    this.#links = links
    this.#inTheHub = new Set([device.id, ...(proxy ? [proxy] : [])])
  }

  /** The hub is switched on, for the first time or again. What it holds goes on from where it was. */
  powerOn(): void {
    this.#wan(wan.disconnected)
    switchedOn(this.#device)
    this.#relay(relay.resume)
  }

  get isWanUp(): boolean {
    return this.#device.items.read(wanEnd).isUp
  }
  /** The wide area network comes. Whatever waited, a hub that was not commissioned speaks first. */
  wanUp(): void {
    const held = commissioningState(this.#device) === 'commissioned' ? [] : this.#takeBack()
    wanConnected(this.#device)
    for (const message of held) this.#wan((end) => wan.put(end, message))
    this.#wan(wan.connected)
  }
  /** Messages that were put but, as the network was never there, not sent. */
  #takeBack(): readonly Uint8Array[] {
    const { unconfirmed } = this.#device.items.read(wanEnd)
    this.#device.items.write(wanEnd, wan.newWanEnd)
    return unconfirmed.map(({ message }) => message)
  }
  wanDown(): void {
    this.#wan(wan.disconnected)
  }
  retryWan(): void {
    this.#wan(wan.retry)
  }
  wanConfirmed(number: number): void {
    this.#wan((end) => wan.confirmed(end, number))
  }
  /** A frame from the wide area network. */
  fromWan(frame: wan.WanFrame): void {
    const { taken, confirm } = this.#wan((end) => wan.arrived(end, frame))
    if (taken) this.#route(taken)
    this.#links.confirmWan(confirm)
  }
  /**
   * A message of a device of the log, or of the hub itself: for the parties, or for another device of the log, as a
   * prepayment display and a gas meter speak to each other (facts 9.11). That of a stranger leads nowhere.
   */
  toWan(from: Eui64, message: Uint8Array): boolean {
    const isKnown = this.#placeOf(from) !== 'unknown'
    if (isKnown && this.#isBetweenDevices(from, message)) this.#route(message)
    else if (isKnown) this.#wan((end) => wan.put(end, message))
    return isKnown
  }
  #isBetweenDevices(from: Eui64, message: Uint8Array): boolean {
    const target = targetOf(message)
    return target !== undefined && target !== from && ['awake', 'asleep'].includes(this.#placeOf(target))
  }

  /** The end at the far side of the wide area network that goes with what this one has sent and taken. */
  get farEnd(): wan.WanEnd {
    return wan.opposite(this.#device.items.read(wanEnd))
  }
  /** How many messages wait for the wide area network. */
  get waitingForWan(): number {
    return this.#device.items.read(wanEnd).unconfirmed.length
  }
  /** How many messages wait for a device that sleeps, besides one that it is being given. */
  waitingFor(target: Eui64): number {
    return this.#device.items.read(relayState).waiting.filter((one) => one.target === target && !one.isUnderway).length
  }

  /** A device that slept asks for its messages; whether there is one. */
  retrieve(target: Eui64): boolean {
    return this.#relay((state) => relay.retrieve(state, target)).length > 0
  }
  /** What came of a message that was given to the network. */
  delivered(number: number, transmission: Transmission): void {
    const target = this.#device.items.read(relayState).waiting.find((one) => one.number === number)?.target
    if (target) recordTransmission(this.#device, target, transmission)
    this.#relay((state) => relay.ended(state, number, transmission.succeeded))
  }

  #route(message: Uint8Array): void {
    const target = targetOf(message)
    if (!target) return this.#links.ended?.('noTarget', message)
    const context = {
      place: this.#placeOf(target),
      mayNotSend: isSubGhz(this.#device, target) && mayNotSend(this.#device, target),
      now: this.#device.now,
    }
    this.#relay((state) => relay.take(state, message, target, context))
  }
  #placeOf(target: Eui64): relay.Place {
    if (this.#inTheHub.has(target)) return 'inTheHub'
    const entry = inHubLog(this.#device, target)
    if (!entry) return this.#links.placeOfStranger?.(target) ?? 'unknown'
    return entry.deviceType === hubDeviceType.gsme ? 'asleep' : 'awake'
  }

  #wan<S extends wan.WanStep>(step: (end: wan.WanEnd) => S): S {
    const result = step(this.#device.items.read(wanEnd))
    this.#device.items.write(wanEnd, result.end)
    this.#device.save()
    for (const frame of result.send) this.#links.toWan(frame)
    return result
  }
  #relay(step: (state: relay.RelayState) => relay.RelayStep): readonly relay.RelayEffect[] {
    const { state, effects } = step(this.#device.items.read(relayState))
    this.#device.items.write(relayState, state)
    this.#device.save()
    for (const effect of effects) this.#perform(effect)
    return effects
  }
  #perform(effect: relay.RelayEffect): void {
    if (effect.kind === 'own') this.#links.own(effect.target, effect.message)
    else if (effect.kind === 'waits') this.#links.pending(effect.target)
    else if (effect.kind === 'toDevice')
      this.#links.toDevice(effect.target, effect.message, effect.number, effect.remaining)
    else {
      tellEnding(this.#device, effect)
      this.#links.ended?.(effect.kind, effect.message, effect.target)
    }
  }
}

function headerOf(message: Uint8Array): DecodedMessage | undefined {
  try {
    return decodeMessage(message)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** Events and alerts about a message that came to its end. facts 4.2, 10.2. */
function tellEnding(device: Device, { kind, target, message }: relay.RelayEffect & { kind: relay.Ending }): void {
  const deviceType = inHubLog(device, target)?.deviceType
  if (kind === 'delivered' && deviceType !== hubDeviceType.gsme) return
  const header = headerOf(message)
  if (!header) return
  const lost: LostMessage = {
    originator: header.originator,
    target: header.target,
    kind: craFlag(header.kind),
    originatorCounter: header.originatorCounter,
  }
  if (kind === 'dutyCycle') messageDiscarded(device, lost)
  else if (kind === 'notRetrieved') raise(device, 'gsmeCommandNotRetrieved')
  else if (kind === 'notDelivered' && deviceType === hubDeviceType.esme) deliveryFailed(device, lost)
  if (deviceType === hubDeviceType.gsme && kind !== 'dutyCycle') logDelivery(device, header, kind === 'delivered')
}
function logDelivery(device: Device, { otherInformation: { messageCode } }: DecodedMessage, ok: boolean): void {
  raise(
    device,
    ok
      ? 'immediateHanInterfaceCommandReceivedAndSuccessfullyActioned'
      : 'immediateHanInterfaceCommandReceivedButNotSuccessfullyActioned',
    { event: Uint8Array.of(messageCode >> 8, messageCode & 0xff) },
  )
}

/** Messages that wait too long. */
export const relayTimeouts: Process = {
  nextDue: ({ items }) => relay.nextExpiry(items.read(relayState)),
  run(device, time) {
    const { state, effects } = relay.expire(device.items.read(relayState), time)
    device.items.write(relayState, state)
    for (const effect of effects) tellEnding(device, effect as relay.RelayEffect & { kind: relay.Ending })
  },
}
