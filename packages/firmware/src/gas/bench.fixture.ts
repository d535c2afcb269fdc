import { eui64, type Eui64 } from '@smets2-sim/bytes'
import { native, softwareKeyStore } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type CommandRequest,
  type DecodedMessage,
  decodeGbzAlert,
  decodeMessage,
  encryptionCounter,
  groupedOctetsOf,
  issueUtrn,
  macIsValid,
  type MessageBody,
  messageMac,
  openSensitive,
  ptutValue,
  type RemotePartyRole,
  type ResponseReading,
  signedOctetsOf,
  withMac,
} from '@smets2-sim/gbcs'
import { setDeviceLog } from '../credentials/device-log.js'
import type { Device } from '../device.js'
import type { DevicePorts } from '../ports.js'
import { type Push, pushArrived, waitingPushes } from './push.js'

/** A gas device with the parties that it knows, in virtual time, and a prepayment display that is joined to it. */

const scalar = (n: number): Uint8Array => native.sha256(Uint8Array.of(n))
const party = (id: string, n: number) => ({ id: eui64(id), sign: scalar(n), agree: scalar(n + 100) })
export const parties = {
  supplier: party('90b3d51f30010000', 1),
  networkOperator: party('90b3d51f30020000', 2),
  accessControlBroker: party('90b3d51f30000002', 3),
  transitionalCoS: party('90b3d51f30000004', 4),
} as const
export const display = party('00db1234567890a4', 5)
const TOP_UP_KEY = scalar(60)
const DEVICE_KEYS = { digitalSignature: scalar(50), keyAgreement: scalar(51) }
const devicePublic = native.publicKeyOf(DEVICE_KEYS.keyAgreement)

export interface GasBench {
  readonly device: Device
  readonly clock: { time: UtcSeconds }
  readonly sent: DecodedMessage[]
  readonly shared: number[]
  /** Lets time pass, doing what is due at its own time. */
  advance(seconds: number): void
  /** Sends a command and reads the answer; what was refused is an Error. */
  send<V>(request: CommandRequest<V>, from?: keyof typeof parties | 'display', counter?: bigint): ResponseReading<V>
  /** Codes of alerts that were sent since the last call. */
  alerts(): number[]
  /** 20 digits of a token of the supplier. */
  token(utrnCounter: number, pence: number): string
}

export function gasBench(
  make: (id: Eui64, ports: DevicePorts) => Device,
  id: Eui64,
  ports: Partial<DevicePorts> = {},
  start: UtcSeconds = 820_540_800,
): GasBench {
  const clock = { time: start, now: (): UtcSeconds => clock.time }
  const sent: DecodedMessage[] = []
  const shared: number[] = []
  const device = make(id, {
    clock,
    crypto: native,
    keys: softwareKeyStore(native, DEVICE_KEYS),
    entropy: { bytes: (count) => new Uint8Array(count) },
    link: { send: (message) => void sent.push(decodeMessage(message)) },
    share: ({ code }) => void shared.push(code),
    ...ports,
  })
  for (const [name, { id: entityId, sign, agree }] of Object.entries(parties)) {
    const set = (usage: 'digitalSignature' | 'keyAgreement' | 'prePaymentTopUp', key: Uint8Array): void => {
      const cell = { role: name as RemotePartyRole, usage }
      if (!device.anchors.has(cell)) return
      const publicKey = native.publicKeyOf(key)
      device.anchors.set(cell, {
        entityId,
        publicKey,
        subjectKeyIdentifier: native.sha1(publicKey).subarray(0, 8),
        certificate: new Uint8Array(0),
      })
    }
    set('digitalSignature', sign)
    set('keyAgreement', agree)
    set('prePaymentTopUp', TOP_UP_KEY)
  }
  setDeviceLog(device, [{ deviceId: display.id, deviceType: 5, publicKey: native.publicKeyOf(display.agree) }])
  let counter = 1000n
  device.tick()
  return {
    device,
    clock,
    sent,
    shared,
    advance(seconds) {
      const end = clock.time + seconds
      const nextDue = (): UtcSeconds => (device.nextDue() ?? Infinity) - device.clock.offsetS
      for (let due = nextDue(); due <= end; due = nextDue()) {
        clock.time = Math.max(clock.time, due)
        device.tick()
      }
      clock.time = end
      device.tick()
    },
    send(request, from = 'supplier', given) {
      const originatorCounter = given ?? ++counter
      const sender = from === 'display' ? display : parties[from]
      const outcome = device.receive(commandOf(request, sender, from === 'display', originatorCounter))
      if (outcome.kind === 'discarded') throw new Error(`${outcome.reason}: ${outcome.detail}`)
      const response = decodeMessage(outcome.response)
      const z = native.ecdh(sender.agree, devicePublic)
      if (response.mac && !macIsValid(native, z, response)) throw new Error('the MAC of the response is not authentic')
      if (
        response.signature &&
        !native.verify(native.publicKeyOf(DEVICE_KEYS.digitalSignature), response.signedOctets, response.signature)
      )
        throw new Error('the signature of the response is not authentic')
      const context = { originatorCounter, originator: sender.id, target: id }
      return request.read(response.content, context, (sealed) => openFor(response, sender, sealed))
    },
    alerts: () =>
      sent
        .splice(0)
        .filter(({ content }) => content[0] === 0x01)
        .map(({ content }) => decodeGbzAlert(content).alertCode),
    token: (utrnCounter, pence) =>
      issueUtrn(
        native,
        native.ecdh(TOP_UP_KEY, devicePublic),
        { supplier: parties.supplier.id, device: id, utrnCounter },
        ptutValue(pence),
      ),
  }
}

type Sender = { readonly id: Eui64; readonly sign: Uint8Array; readonly agree: Uint8Array }

function commandOf(request: CommandRequest, sender: Sender, byDisplay: boolean, originatorCounter: bigint): Uint8Array {
  const body: MessageBody = {
    kind: 'command',
    originatorCounter,
    originator: sender.id,
    target: request.target,
    otherInformation: { messageCode: request.useCase.code },
    content: request.payload({ originatorCounter, originator: sender.id, target: request.target }),
  }
  const octets = signedOctetsOf(body)
  const signature = request.useCase.category === 'SME.C.C' ? native.sign(sender.sign, octets) : undefined
  const grouped = groupedOctetsOf(octets, signature)
  const maker = byDisplay ? sender : parties.accessControlBroker
  return withMac(grouped, messageMac(native, native.ecdh(maker.agree, devicePublic), body, grouped))
}

/** Opens a sealed part of a message of the device for a party. */
export const openFor = (message: DecodedMessage, reader: Sender, sealed: Uint8Array): Uint8Array | undefined =>
  openSensitive(
    native,
    native.ecdh(reader.agree, devicePublic),
    { device: message.originator, recipient: reader.id, counter: encryptionCounter(message) },
    sealed,
  )

/** What a gas meter has to tell, as if all of it had arrived. */
export function takePushes(device: Device): readonly Push[] {
  const waiting = waitingPushes(device)
  for (const push of waiting) pushArrived(device, push)
  return waiting
}
