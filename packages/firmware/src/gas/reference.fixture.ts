import { readFileSync } from 'node:fs'
import { type Eui64, fromHex, toHex } from '@smets2-sim/bytes'
import { type KeyStore, native, parseCertificate, softwareKeyStore } from '@smets2-sim/crypto'
import { decodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import {
  type DecodedMessage,
  decodeGbz,
  decodeMessage,
  encodeMessage,
  encryptionCounter,
  encryptionRecipient,
  type GbzComponent,
  openSensitive,
  roleName,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { type AttributeResult, clusters, decodeCommand, isClusterCommand, zclStatus } from '@smets2-sim/zcl'
import { rtds, rtdsMessages } from '../../../gbcs/src/rtds.fixture.js'
import { anchorFromDer } from '../credentials/trust-anchors.js'
import type { Device } from '../device.js'
import type { DevicePorts } from '../ports.js'
import { primeZclAttribute } from '../zcl/attributes.js'
import { zclFaultKey } from '../zcl/fault-key.js'
import { clusterKey } from '../zcl/profile.js'

/** Plays the reference exchanges of a device that speaks ZCL: the state is read out of the response, never the answer. */

interface Message {
  readonly kind: string
  readonly useCase: string
  readonly bytes: Uint8Array
  readonly message: DecodedMessage
}
export interface Exchange {
  readonly name: string
  readonly command: Message
  readonly response: Message
  readonly alerts: readonly Message[]
}
const json = (name: string): any => JSON.parse(readFileSync(`${rtds}/${name}`, 'utf8'))

/** Exchanges with a device whose payload is a GBZ message. */
export function exchangesOf(device: string): Exchange[] {
  const scenarios = new Map<string, Message[]>()
  for (const row of rtdsMessages()) {
    const message = decodeMessage(row.bytes)
    // a display and its meter have keys that are not published
    if (row.useCase.startsWith('PCS') || row.kind === 'precommand') continue
    if ((row.kind === 'command' ? message.target : message.originator) !== device) continue
    const rows = scenarios.get(row.scenario) ?? []
    scenarios.set(row.scenario, [...rows, { kind: row.kind, useCase: row.useCase, bytes: row.bytes, message }])
  }
  return [...scenarios].flatMap(([name, rows]) => {
    const command = rows.find(({ kind }) => kind === 'command')
    const response = rows.find(({ kind }) => kind === 'response')
    const gbz = command && useCaseByCode(command.message.otherInformation.messageCode)?.payload === 'gbz'
    return command && response && gbz
      ? [{ name, command, response, alerts: rows.filter(({ kind }) => kind === 'alert') }]
      : []
  })
}

/** The alert of a scenario that has no command. */
export function lonelyAlert(scenario: string): Message {
  const row = rtdsMessages().find((one) => one.scenario === scenario && one.kind === 'alert')
  if (!row) throw new Error(`no alert ${scenario}`)
  return { kind: row.kind, useCase: row.useCase, bytes: row.bytes, message: decodeMessage(row.bytes) }
}

interface Secret {
  readonly party: string
  readonly keyUsage: string
  readonly device: string
  readonly z: string
}
const secretOf = (party: string, device: string, keyUsage: string): Uint8Array => {
  const found = (json('shared-secrets.json') as Secret[]).find(
    (one) => one.party === party && one.device === device && one.keyUsage === keyUsage,
  )
  if (!found) throw new Error(`no secret of ${party} and ${device} for ${keyUsage}`)
  return fromHex(found.z)
}
const keysOf = (device: string): KeyStore => ({
  ...softwareKeyStore(native, { digitalSignature: native.sha256(Uint8Array.of(1)) }),
  agree: ({ id, usage }) =>
    secretOf(id, device, usage === 'prePaymentTopUp' ? 'prepaymentKeyAgreement' : 'keyAgreement'),
})

const certificateFiles = { digitalSignature: 'ds', keyAgreement: 'ka', prePaymentTopUp: 'pp-ka' } as const
const parties = ['90b3d51f30010000', '90b3d51f30020000', '90b3d51f30000002', '90b3d51f30000004', '90b3d51f30000001']
const pem = (name: string): Uint8Array | undefined => {
  try {
    const text = readFileSync(`${rtds}/certificates/${name}.pem`, 'utf8')
    return Uint8Array.from(Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64'))
  } catch {
    return undefined
  }
}

export interface Bench {
  readonly device: Device
  readonly sent: Uint8Array[]
  readonly clock: { time: UtcSeconds }
}
/** 2015-01-01 00:00: when the messages that quote no time were made. */
const USUAL_TIME: UtcSeconds = 473_385_600

export function referenceBench(make: (id: Eui64, ports: DevicePorts) => Device, id: string, time = USUAL_TIME): Bench {
  const clock = { time, now: (): UtcSeconds => clock.time }
  const sent: Uint8Array[] = []
  const device = make(id as Eui64, {
    clock,
    crypto: native,
    keys: keysOf(id),
    link: { send: (message) => void sent.push(message) },
    entropy: { bytes: (count) => new Uint8Array(count) },
  })
  for (const party of parties)
    for (const [usage, file] of Object.entries(certificateFiles)) {
      const der = pem(`${party}-${file}`)
      if (!der) continue
      const role = roleName(parseCertificate(der).role ?? -1)
      const cell = { role, usage } as Parameters<Device['anchors']['set']>[0]
      if (role && device.anchors.has(cell)) device.anchors.set(cell, anchorFromDer(der))
    }
  return { device, sent, clock }
}

const statuses: Readonly<Record<number, 'unreliable' | 'invalid'>> = { 1: 'invalid', 2: 'unreliable' }
const MIRRORED = 4

/** A device in the state that the response shows; with faults where the response reports failures. */
export function benchFor(
  make: (id: Eui64, ports: DevicePorts) => Device,
  { command, response }: Exchange,
  withFaults: boolean,
): Bench {
  const { dateTime, otherInformation } = response.message
  const quoted = dateTime && decodeDateTime(dateTime)
  const bench = referenceBench(make, command.message.target, quoted?.time)
  const { device } = bench
  if (quoted) device.clock.set(quoted.time, statuses[quoted.clockStatus] ?? 'reliable')
  if (quoted?.clockStatus === MIRRORED) device.profile.zcl?.primeMirrored?.(device, quoted.time)
  if (otherInformation.supplementaryOriginatorCounter !== undefined)
    device.counters.own = otherInformation.supplementaryOriginatorCounter - 1n
  const asked = decodeGbz(command.message.content)
  const seen = new Map<string, number>()
  for (const component of decodeGbz(response.message.content)) {
    const cluster = clusters.get(component.clusterId)
    const payload = component.sealed ? open(response.message, component.sealed) : component.frame.payload
    if (!cluster || !payload) continue
    const { name = '', fields } = decodeCommand(cluster, { ...component.frame, payload })
    const question = asked.find(({ frame }) => frame.sequence === component.frame.sequence)
    if (name === 'readAttributesResponse')
      for (const { id, status, data } of fields['results'] as readonly AttributeResult[])
        if (data) primeZclAttribute(device, cluster, id, data.value)
        else if (withFaults) device.faults.inject(zclFaultKey(cluster.id, 'attribute', id), status)
    if (name === 'defaultResponse') injectFailure(device, fields['status'] as number, question, asked)
    else if (isClusterCommand(component.frame))
      device.profile.zcl?.learns.get(`${clusterKey(cluster)}.${name}`)?.(
        {
          device,
          now: device.now,
          ...(question?.fromDateTime !== undefined && { fromDateTime: question.fromDateTime }),
        },
        fields,
      )
  }
  return bench

  function injectFailure(
    { faults }: Device,
    status: number,
    question: GbzComponent | undefined,
    all: readonly GbzComponent[],
  ): void {
    const isFailure = status !== zclStatus.success && status !== zclStatus.notFound
    if (!withFaults || !isFailure || !question || seen.size > 0) return
    seen.set('failed', 1)
    const earlier = all.filter(
      ({ clusterId, frame }) =>
        clusterId === question.clusterId &&
        frame.commandId === question.frame.commandId &&
        frame.sequence < question.frame.sequence,
    )
    faults.inject(zclFaultKey(question.clusterId, 'command', question.frame.commandId), status, 1, earlier.length)
  }
}

/** Opens a sealed part of a message of a device. */
export function open(message: DecodedMessage, sealed: Uint8Array): Uint8Array | undefined {
  const recipient = encryptionRecipient(message)
  const z = secretOf(recipient, message.originator, 'keyAgreement')
  return openSensitive(
    native,
    z,
    { device: message.originator, recipient, counter: encryptionCounter(message) },
    sealed,
  )
}

const unsigned = (bytes: Uint8Array): string => {
  const message = decodeMessage(bytes)
  return toHex(encodeMessage(message.signature ? { ...message, signature: new Uint8Array(64) } : message))
}
export const sameButSignature = (bytes: Uint8Array, reference: Uint8Array): boolean =>
  unsigned(bytes) === unsigned(reference)

/** What a device answers to the command of an exchange: 'identical' to the reference, or how it is not. */
export function play(
  make: (id: Eui64, ports: DevicePorts) => Device,
  exchange: Exchange,
): { result: string; bench: Bench } {
  const attempt = (withFaults: boolean): { result: string; bench: Bench } => {
    const bench = benchFor(make, exchange, withFaults)
    const outcome = bench.device.receive(exchange.command.bytes)
    if (outcome.kind === 'discarded') return { bench, result: `discarded: ${outcome.reason}, ${outcome.detail}` }
    if (sameButSignature(outcome.response, exchange.response.bytes)) return { bench, result: 'identical' }
    const [mine, theirs] = [decodeMessage(outcome.response), decodeMessage(exchange.response.bytes)]
    return {
      bench,
      result: `${mine.dateTime && toHex(mine.dateTime)} ${toHex(mine.content)}\n  not ${theirs.dateTime && toHex(theirs.dateTime)} ${toHex(theirs.content)}`,
    }
  }
  const plain = attempt(false)
  return plain.result === 'identical' ? plain : attempt(true)
}
