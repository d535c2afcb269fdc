import { type Eui64, eui64, eui64Bytes } from '@smets2-sim/bytes'
import { fromIso, type UtcSeconds } from '@smets2-sim/cosem'
import { native } from '@smets2-sim/crypto'
import {
  admission,
  chf,
  extendedPanId,
  HubRelay,
  linkKeyEstablished,
  wanEnd,
  type WanEnd,
  type WanFrame,
} from '@smets2-sim/chf'
import { esme } from '@smets2-sim/esme'
import { anchorFromDer, type Device, type DevicePorts, joinNetwork, ownCertificate } from '@smets2-sim/firmware'
import { CCS01, decodeMessage } from '@smets2-sim/gbcs'
import { gpf } from '@smets2-sim/gpf'
import { gsme } from '@smets2-sim/gsme'
import { hcalcs } from '@smets2-sim/hcalcs'
import {
  FarEnd,
  identityKeyStore,
  isAnswerTo,
  type RemoteParty,
  testSmki,
  tryDecode,
  type WanAnswer,
} from '@smets2-sim/parties'
import { ppmid } from '@smets2-sim/ppmid'

// Devices on a table, wired by hand: what no premises has, such as a second hub, a hand-held terminal, a meter that moves.

const makers = { chf, gpf, esme, gsme, ppmid, hcalcs } as const
export type Kind = keyof typeof makers
/** Numbers of kinds in the hub's log. */
export const hubTypes = { esme: 0, gsme: 1, hcalcs: 13, ppmid: 132 } as const
type Joinable = keyof typeof hubTypes

/** A hub with the gas proxy in it, and its end of the wide area network. */
export interface HubOnBench {
  readonly chf: Device
  readonly gpf: Device
  readonly relay: HubRelay
  /** Devices that joined its network. */
  readonly members: Set<Eui64>
  far: WanEnd
}

export class Workbench {
  readonly smki = testSmki({ seed: 12 })
  readonly clock: { time: UtcSeconds } = { time: fromIso('2026-01-01T00:00:00Z') }
  readonly parties: FarEnd
  /** Which hub a device is at, and where what it sends goes. */
  readonly #devices = new Map<Eui64, Device>()
  readonly #hubs: HubOnBench[] = []
  readonly #waiting = new Set<{ command: Uint8Array; settle: (answer: WanAnswer) => void }>()

  constructor() {
    this.parties = new FarEnd({
      smki: this.smki,
      wan: { exchange: (command) => this.#exchange(command) },
    })
  }

  /** A device from the factory, with all parties of the far end in its cells. */
  device(kind: Kind, number: number): Device {
    const id = eui64(`0253494d0000${number.toString(16).padStart(4, '0')}`)
    const identity = this.smki.device(id)
    let drawn = number
    const ports: DevicePorts = {
      clock: { now: () => this.clock.time },
      crypto: native,
      keys: identityKeyStore(native, identity),
      entropy: { bytes: (count) => native.sha256(Uint8Array.of(drawn & 0xff, drawn++ >> 8)).subarray(0, count) },
      link: { send: (message) => void this.#hubOf(id)?.relay.toWan(id, message) },
      timeSource: () => this.clock.time,
    }
    const device = makers[kind](id, ports)
    device.items.write(ownCertificate('digitalSignature'), identity.certificates.digitalSignature)
    device.items.write(ownCertificate('keyAgreement'), identity.certificates.keyAgreement)
    this.provision(device)
    this.parties.inventory.addDevice(kind, identity)
    this.#devices.set(id, device)
    return device
  }
  /** Gives a device the credentials that it leaves the factory with. */
  readonly provision = (device: Device): void => {
    const identities = this.parties.parties.map(({ identity }) => identity)
    for (const { role, usage, certificate } of this.smki.trustAnchorsFor(identities))
      if (device.anchors.has({ role, usage })) device.anchors.set({ role, usage }, anchorFromDer(certificate))
  }

  /** A hub with its proxy, switched on. */
  hub(number: number): HubOnBench {
    const [hubDevice, proxy] = [this.device('chf', number), this.device('gpf', number + 1)]
    const members = new Set<Eui64>()
    const relay = new HubRelay(
      hubDevice,
      {
        toWan: (frame) => this.#arrives(hub, frame),
        confirmWan: (number) => void (hub.far = wanEnd.confirmed(hub.far, number).end),
        toDevice: (target, message, number) => {
          const succeeded = members.has(target)
          if (succeeded) this.#deliver(hub, target, message)
          relay.delivered(number, { succeeded })
        },
        pending: () => undefined,
        own: (target, message) => this.#deliver(hub, target, message),
      },
      proxy.id,
    )
    const hub: HubOnBench = { chf: hubDevice, gpf: proxy, relay, members, far: wanEnd.newWanEnd }
    this.#hubs.push(hub)
    relay.powerOn()
    return hub
  }
  #hubOf(id: Eui64): HubOnBench | undefined {
    return this.#hubs.find(
      ({ chf: { id: own }, gpf: { id: proxy }, members }) => id === own || id === proxy || members.has(id),
    )
  }

  wanUp(hub: HubOnBench): void {
    hub.relay.wanUp()
    const { end, send } = wanEnd.connected(hub.far)
    hub.far = end
    for (const frame of send) hub.relay.fromWan(frame)
  }
  wanDown(hub: HubOnBench): void {
    hub.relay.wanDown()
    hub.far = wanEnd.disconnected(hub.far).end
  }

  #exchange(command: Uint8Array): Promise<WanAnswer> {
    const target = decodeMessage(command).target
    return new Promise((settle) => {
      const hub = this.#hubOf(target)
      if (!hub) return settle({ kind: 'discarded', reason: 'notDelivered', detail: `${target} is at no hub` })
      this.#waiting.add({ command, settle })
      const { end, send } = wanEnd.put(hub.far, command)
      hub.far = end
      for (const frame of send) hub.relay.fromWan(frame)
    })
  }
  #arrives(hub: HubOnBench, frame: WanFrame): void {
    const { end, confirm, taken } = wanEnd.arrived(hub.far, frame)
    hub.far = end
    if (taken) this.#atTheFarEnd(taken)
    hub.relay.wanConfirmed(confirm)
  }
  #atTheFarEnd(octets: Uint8Array): void {
    const message = tryDecode(octets)
    for (const one of this.#waiting)
      if (message && isAnswerTo(decodeMessage(one.command), message)) {
        this.#waiting.delete(one)
        return one.settle({ kind: 'response', message: octets })
      }
    this.parties.accept(octets)
  }

  #deliver(hub: HubOnBench, target: Eui64, message: Uint8Array): void {
    const outcome = this.#devices.get(target)?.receive(message)
    if (outcome?.kind === 'responded') return void hub.relay.toWan(target, outcome.response)
    for (const one of this.#waiting)
      if (outcome && one.command === message) {
        this.#waiting.delete(one)
        one.settle(outcome)
      }
  }
  /** A hand-held terminal gives a command to a device that it stands beside, and takes the response. */
  local(command: Uint8Array): Uint8Array {
    const outcome = this.#devices.get(decodeMessage(command).target)?.receive(command)
    if (outcome?.kind !== 'responded') throw new Error(`${outcome?.reason}: ${outcome?.detail}`)
    return outcome.response
  }

  /** The gas meter wakes and asks the hub for what waits. */
  wake(hub: HubOnBench, meter: Device): void {
    while (hub.members.has(meter.id) && hub.relay.retrieve(meter.id));
  }
  /** Lets time pass for all devices. */
  wait(seconds: number): void {
    this.clock.time += seconds
    for (const device of this.#devices.values()) device.tick()
  }

  /** The command that lets a device join a hub's network. */
  readonly registration = (hub: HubOnBench, device: Device) =>
    CCS01.command({
      to: hub.chf.id,
      deviceLogRegisterDevice: {
        deviceId: eui64Bytes(device.id),
        keyType: 1,
        installCode: installCodeOf(device),
        deviceType: hubTypes[device.kind as Joinable],
      },
      deviceLogJoinTimeoutS: 600,
      deviceLogEnableDisableJoining: true,
    })
  /** A device tries to join a hub's network; whether hub and device both agree. */
  join(hub: HubOnBench, device: Device): boolean {
    const admitted = admission(hub.chf, device.id)
    if (!admitted || !joinNetwork(device, hub.chf.items.read(extendedPanId))) return false
    const newKey = native.sha256(eui64Bytes(device.id).map((octet) => octet ^ hub.members.size)).subarray(0, 16)
    hub.members.add(device.id)
    return linkKeyEstablished(hub.chf, device.id, admitted.with === 'linkKey' ? admitted.hashedLinkKey : newKey)
  }
  /** A device is carried away, or its hub is. */
  leave(hub: HubOnBench, device: Device): void {
    hub.members.delete(device.id)
  }
}

export const installCodeOf = ({ id }: Device): Uint8Array => native.sha256(eui64Bytes(id)).subarray(0, 16)
/** Codes of what stands in a log, as names. */
export const logged = (device: Device, log: string): number[] =>
  [...device.log(log).entries()].map(({ code }: { code: number }) => code)
export const alertNames = ({ alerts }: RemoteParty): string[] => alerts.map(({ name }) => name)
