import { fromHex, GbcsError } from '@smets2-sim/bytes'
import { decodeDataNotification, fromIso, type UtcSeconds } from '@smets2-sim/cosem'
import { native, softwareKeyStore } from '@smets2-sim/crypto'
import type { DevicePorts, Outcome } from '@smets2-sim/firmware'
import {
  alertOf,
  type AlertName,
  asn1Payloads,
  type CommandRequest,
  CS01a,
  decodeAsn1,
  type DecodedMessage,
  decodeMessage,
  encryptionCounter,
  issueUtrn,
  openSensitive,
  originatorCounterOf,
  ptutValue,
  type RemotePartyRole,
  type ResponseReading,
  type UseCaseHead,
} from '@smets2-sim/gbcs'
import {
  command,
  type CommandOptions,
  deviceId,
  parties,
  partyOf,
} from '../../../../packages/firmware/src/testing/bench.fixture.js'
import { esme, type Esme, type EsmeOptions } from '../index.js'

// An electricity meter whose parties are on the bench, in virtual time.

export { deviceId, parties }
export type PartyName = keyof typeof parties

const scalar = (n: number): Uint8Array => native.sha256(Uint8Array.of(n))
const [SIGNING, AGREEMENT, TOP_UP] = [scalar(50), scalar(51), scalar(201)]
const deviceKey = native.publicKeyOf(AGREEMENT)

/** What the meter answered to a command. */
export interface Answer<V> {
  readonly outcome: Outcome
  readonly message?: DecodedMessage
  readonly reading?: ResponseReading<V>
}

export interface Alert {
  readonly name: AlertName
  readonly code: number
  readonly to: PartyName | undefined
  readonly message: DecodedMessage
}

export class MeterBench {
  readonly clock: { time: UtcSeconds; now(): UtcSeconds }
  readonly sent: DecodedMessage[] = []
  /** Alerts that displays of the home were shown. */
  readonly shown: number[] = []
  meter: Esme
  /** Counter of the next command. */
  counter = 1000n
  #utrnCounter = 1

  constructor(options?: EsmeOptions, { start = '2026-01-01T00:00:00Z', ports = {} }: BenchOptions = {}) {
    const clock = { time: fromIso(start), now: (): UtcSeconds => clock.time }
    this.clock = clock
    let drawn = 0
    this.meter = esme(
      deviceId,
      {
        clock,
        crypto: native,
        keys: softwareKeyStore(native, { digitalSignature: SIGNING, keyAgreement: AGREEMENT }),
        entropy: { bytes: (count) => native.sha256(Uint8Array.of(7, drawn++)).subarray(0, count) },
        link: { send: (message) => void this.sent.push(decodeMessage(message)) },
        share: ({ code }) => void this.shown.push(code),
        ...ports,
      },
      options,
    )
    for (const cell of this.meter.anchors.cells) {
      const party = (parties as Partial<Record<string, (typeof parties)['supplier']>>)[cell.role]
      if (!party) continue
      const key = cell.usage === 'prePaymentTopUp' ? TOP_UP : cell.usage === 'keyAgreement' ? party.agree : party.sign
      this.meter.anchors.set(cell, {
        entityId: party.id,
        publicKey: native.publicKeyOf(key),
        subjectKeyIdentifier: native.sha1(key).subarray(0, 8),
        certificate: new Uint8Array(0),
      })
    }
  }

  get now(): UtcSeconds {
    return this.clock.time
  }
  /** Lets time pass; the meter is told at the end, and catches up. */
  pass(seconds: number): void {
    this.clock.time += seconds
    this.meter.tick()
  }
  /** Lets time pass until then: `2026-01-02T00:00:00Z`. */
  passUntil(iso: string): void {
    this.pass(fromIso(iso) - this.now)
  }

  /** Sends a command as a party that may would, and reads the answer as the party would. */
  send<V>(request: CommandRequest<V>, options: CommandOptions = {}): Answer<V> {
    const counter = options.counter ?? this.counter++
    const from = options.from ?? senderOf(request.useCase)
    const outcome = this.meter.receive(command(request, { ...options, from, counter }))
    if (outcome.kind !== 'responded') return { outcome }
    const message = decodeMessage(outcome.response)
    const reader = partyOf(from)
    const context = { originatorCounter: counter, originator: reader.id, target: deviceId }
    const z = native.ecdh(reader.agree, deviceKey)
    const open = (sealed: Uint8Array): Uint8Array | undefined =>
      openSensitive(native, z, { device: deviceId, recipient: reader.id, counter: encryptionCounter(message) }, sealed)
    return { outcome, message, reading: request.read(message.content, context, open) }
  }
  /** The same for one that must succeed: its values. */
  ask<V>(request: CommandRequest<V>, options: CommandOptions = {}): V {
    const { outcome, reading } = this.send(request, options)
    if (!reading?.ok) throw new Error(`${request.useCase.name}: ${JSON.stringify(reading?.items ?? outcome)}`)
    return reading.value
  }

  /** Digits of a new token. */
  token(pence: number, utrnCounter = this.#utrnCounter++): { readonly digits: string; readonly utrnCounter: number } {
    const z = native.ecdh(TOP_UP, deviceKey)
    const context = { supplier: parties.supplier.id, device: deviceId, utrnCounter }
    return { digits: issueUtrn(native, z, context, ptutValue(pence)), utrnCounter }
  }
  /** Sends a token as CS01a. */
  topUp({ digits, utrnCounter }: ReturnType<MeterBench['token']>): Answer<unknown> {
    const tokenGateway = Uint8Array.from(digits, (digit) => digit.charCodeAt(0))
    return this.send(CS01a.command({ to: deviceId, tokenGateway }), { counter: originatorCounterOf(utrnCounter) })
  }
  /** Types digits at the keys of the meter. */
  type(keys: string): string {
    let shown = ''
    for (const key of keys) shown = this.meter.press(key as '0').text
    return shown
  }

  /** Alerts sent so far, the oldest first. */
  alerts(): Alert[] {
    return this.sent.filter(({ kind }) => kind === 'alert').map(readAlert)
  }
  /** Names of the alerts sent since the last call. */
  heard(): string[] {
    const names = this.alerts().map(({ name }) => name)
    this.sent.length = 0
    return names
  }
  /** Codes in a log, the oldest first. */
  logged(log: 'event' | 'security' | 'power'): number[] {
    const { [log]: name = '' } = this.meter.profile.alertLogs
    return [...this.meter.log(name).entries()].map(({ code }: { code: number }) => code)
  }
}

export interface BenchOptions {
  readonly start?: string
  readonly ports?: Partial<DevicePorts>
}

function readAlert(message: DecodedMessage): Alert {
  const asn1 = asn1Payloads.get(message.otherInformation.messageCode)?.alert
  const code = asn1
    ? (decodeAsn1(asn1, message.content).value as { alertCode: number }).alertCode
    : codeOfNotification(message.content)
  const row = alertOf(code)
  if (!row) throw new GbcsError('invalidValue', `alert ${code}`)
  const to = (Object.keys(parties) as PartyName[]).find((name) => parties[name].id === message.target)
  return { name: row.name, code, to, message }
}
function codeOfNotification(content: Uint8Array): number {
  const { body } = decodeDataNotification(content)
  const [code] = body.type === 'structure' ? body.items : []
  return code?.type === 'longUnsigned' ? code.value : 0
}

/** The first party of the bench that may send it: the supplier where it may. */
const senderOf = ({ from }: UseCaseHead): PartyName => from.find((role): role is Role => role in parties) ?? 'supplier'
type Role = RemotePartyRole & PartyName

/** Date-times of an activation. facts 3.2. */
export const NOW = fromHex('0000000000000000008000ff')
export const CANCEL = fromHex('ffffffffffffffffff8000ff')
