import { type Eui64, eui64 } from '@smets2-sim/bytes'
import { type Data, decodeDataNotification, type UtcSeconds } from '@smets2-sim/cosem'
import { native, softwareKeyStore } from '@smets2-sim/crypto'
import type { Device, DevicePorts } from '@smets2-sim/firmware'
import {
  alertOf,
  type CommandRequest,
  decodeMessage,
  groupedOctetsOf,
  type MessageBody,
  messageMac,
  type ResponseReading,
  signedOctetsOf,
  withMac,
} from '@smets2-sim/gbcs'
import { chf } from './index.js'

// A hub on a bench, and the access control broker that commands it.

const scalar = (n: number): Uint8Array => native.sha256(Uint8Array.of(n))
export const hubId = eui64('00db1234567890a2')
export const brokerId = eui64('90b3d51f30000002')
const brokerKey = scalar(3)
const start: UtcSeconds = 800_000_000

/** An alert of the hub: its name, and what follows its code and time. */
export interface HubAlert {
  readonly name: string | undefined
  readonly details: readonly Data[]
}
export interface HubBench {
  readonly device: Device
  readonly clock: { time: UtcSeconds }
  /** Hears of every message that the hub sends of itself. */
  toWan: (message: Uint8Array) => void
  /** Alerts since the last look. */
  alerts(): HubAlert[]
  /** What the broker reads in the response to a command. */
  ask<V>(request: CommandRequest<V>): ResponseReading<V>
  /** Lets time pass. */
  wait(seconds: number): void
  /** The same hub after it was switched off and on. */
  powerCycle(): HubBench
}

export function hubBench(ports: Partial<DevicePorts> = {}): HubBench {
  let saved: Uint8Array | undefined
  const store = { load: () => saved, save: (octets: Uint8Array) => void (saved = octets.slice()) }
  const clock = { time: start }
  return benchOn({ store, ...ports }, clock, 1n)
}

function benchOn(ports: Partial<DevicePorts>, clock: { time: UtcSeconds }, firstCounter: bigint): HubBench {
  const sent: Uint8Array[] = []
  const bench: Pick<HubBench, 'toWan'> = { toWan: () => undefined }
  let counter = firstCounter
  let drawn = 0
  const device = chf(hubId, {
    clock: { now: () => clock.time },
    crypto: native,
    keys: softwareKeyStore(native, { digitalSignature: scalar(50), keyAgreement: scalar(51) }),
    entropy: { bytes: (count) => native.sha256(Uint8Array.of(9, drawn++)).subarray(0, count) },
    link: {
      send(message) {
        sent.push(message)
        bench.toWan(message)
      },
    },
    ...ports,
  })
  for (const usage of ['digitalSignature', 'keyAgreement'] as const)
    device.anchors.set(
      { role: 'accessControlBroker', usage },
      {
        entityId: brokerId,
        publicKey: native.publicKeyOf(brokerKey),
        subjectKeyIdentifier: new Uint8Array(8),
        certificate: new Uint8Array(0),
      },
    )
  return Object.assign(bench, {
    device,
    clock,
    alerts: () => sent.splice(0).map(readAlert),
    ask<V>(request: CommandRequest<V>): ResponseReading<V> {
      const context = { originatorCounter: counter++, originator: brokerId, target: hubId }
      const outcome = device.receive(withBrokerMac(request, context))
      if (outcome.kind === 'discarded') throw new Error(`${outcome.reason}: ${outcome.detail}`)
      return request.read(decodeMessage(outcome.response).content, context, () => undefined)
    },
    wait(seconds: number) {
      clock.time += seconds
      device.tick()
    },
    powerCycle() {
      device.save()
      return benchOn(ports, clock, counter)
    },
  } satisfies Omit<HubBench, 'toWan'>)
}

function withBrokerMac(
  request: CommandRequest<any>,
  context: { originatorCounter: bigint; originator: Eui64; target: Eui64 },
): Uint8Array {
  const body: MessageBody = {
    kind: 'command',
    ...context,
    otherInformation: { messageCode: request.useCase.code },
    content: request.payload(context),
  }
  const grouped = groupedOctetsOf(signedOctetsOf(body))
  const z = native.ecdh(brokerKey, native.publicKeyOf(scalar(51)))
  return withMac(grouped, messageMac(native, z, body, grouped))
}

function readAlert(octets: Uint8Array): HubAlert {
  const { content } = decodeMessage(octets)
  if (content[0] !== 0x0f) return { name: 'asn1', details: [{ type: 'octetString', bytes: content }] }
  const { body } = decodeDataNotification(content)
  const [code, , ...details] = body.type === 'structure' ? body.items : []
  return { name: code?.type === 'longUnsigned' ? alertOf(code.value)?.name : undefined, details }
}
