import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { type CryptoProvider, type KeyUsage, parseCertificate } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type DecodedMessage,
  type DeviceKind,
  encryptionCounter,
  encryptionRecipient,
  openSensitive,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { type Bench, makeBench } from '../bench-device/bench-device.js'
import { prime } from '../prime/prime.js'
import type { DecodedReference, DecodedSet } from '../reference-set/decoded-set.js'
import type { Scenario } from '../reference-set/scenarios.js'
import { difference } from './compare.js'
import { timeOf } from './reference-time.js'

/** What all exchanges of a run share. */
export interface ExchangeContext {
  readonly set: DecodedSet
  readonly kinds: ReadonlyMap<Eui64, DeviceKind>
  readonly crypto: CryptoProvider
  /** Time of scenarios whose response quotes none. */
  readonly usualTime: UtcSeconds
}

/** A command on a device that has been put into the state of the reference. */
export interface PlayedExchange {
  readonly bench: Bench
  /** Undefined when the response is that of the reference in every byte, signature apart. */
  readonly different?: string
  /** What the device answered. */
  readonly answer?: Uint8Array
  /** Whether a fault had to be injected. */
  readonly faultInjected: boolean
}

/**
 * Plays a command of the reference to a simulated device. It is tried without faults first: what the device refuses
 * of its own must not need one.
 */
export function playExchange(context: ExchangeContext, scenario: Scenario): PlayedExchange {
  const plain = attempt(context, scenario, false)
  if (plain.different === undefined) return plain
  const faulty = attempt(context, scenario, true)
  return faulty.different === undefined ? faulty : plain.answer && !faulty.answer ? plain : faulty
}

function attempt(context: ExchangeContext, scenario: Scenario, injectFaults: boolean): PlayedExchange {
  const bench = benchFor(context, scenario, injectFaults)
  const { command, response } = scenario as { command: DecodedReference; response: DecodedReference }
  bench.sent.length = 0
  const outcome = bench.device.receive(command.bytes)
  if (outcome.kind === 'discarded')
    return { bench, different: `discarded: ${outcome.reason}, ${outcome.detail}`, faultInjected: injectFaults }
  const different = difference(context, bench, outcome.response, response.bytes)
  return { bench, answer: outcome.response, faultInjected: injectFaults, ...(different !== undefined && { different }) }
}

/** A device in the state that the response of a scenario shows. */
export function benchFor(context: ExchangeContext, scenario: Scenario, injectFaults: boolean): Bench {
  const { set, kinds, crypto, usualTime } = context
  const { command, response, alerts } = scenario as Scenario & { command: DecodedReference }
  const id = command.message.target
  const kind = kinds.get(id)
  if (!kind) throw new GbcsError('invalidValue', `nothing says what kind of device ${id} is`)
  const quoted = timeOf(scenario)
  const bench = makeBench(set, kind, id, {
    crypto,
    time: quoted?.time ?? usualTime,
    parties: [command.message.originator, ...supplementaryOf(command.message)],
    pendingKeys: pendingKeysOf(command),
  })
  const { device } = bench
  if (quoted) device.clock.set(quoted.time, quoted.status)
  if (quoted?.clockStatus === MIRRORED) device.profile.zcl?.primeMirrored?.(device, quoted.time)
  if (response)
    prime({
      set,
      device,
      command,
      response,
      alerts,
      injectFaults,
      open: (sealed) => openWith(context, response.message, sealed),
    })
  return bench
}
/** Clock status of data that another device has stamped. facts 1.3. */
const MIRRORED = 0x04

const supplementaryOf = ({ otherInformation }: DecodedMessage): Eui64[] =>
  otherInformation.supplementaryRemotePartyId ? [otherInformation.supplementaryRemotePartyId] : []

/** Opens a sealed part of a message of a device with the secret that it shares with the recipient. */
export function openWith(
  { set, crypto }: ExchangeContext,
  message: DecodedMessage,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const recipient = encryptionRecipient(message)
  const secret = set.secret(recipient, message.originator)
  if (!secret) return undefined
  const header = { device: message.originator, recipient, counter: encryptionCounter(message) }
  return openSensitive(crypto, secret, header, sealed)
}

/** A device certificate in a command is for a key that the device made before. */
function pendingKeysOf({ message }: DecodedReference): Partial<Record<KeyUsage, Uint8Array>> {
  const useCase = useCaseByCode(message.otherInformation.messageCode)
  if (useCase?.name !== 'CS02d') return {}
  try {
    const { keyUsage, publicKey } = parseCertificate(message.content)
    return Object.fromEntries(keyUsage.map((usage) => [usage, publicKey]))
  } catch (error) {
    if (error instanceof GbcsError) return {}
    throw error
  }
}
