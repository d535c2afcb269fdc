import { concat, type Eui64, eui64 } from '@smets2-sim/bytes'
import { native, softwareKeyStore } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type CommandRequest,
  type DecodedMessage,
  decodeMessage,
  type DeviceKind,
  encodeMessage,
  groupedOctetsOf,
  macIsValid,
  type MessageBody,
  messageMac,
  type OtherInformation,
  type RemotePartyRole,
  signedOctetsOf,
  type UseCase,
  withMac,
} from '@smets2-sim/gbcs'
import { clusters } from '@smets2-sim/zcl'
import { standardAsn1 } from '../asn1/standard.js'
import { membersOf } from '../cosem/profile.js'
import { loadControllerCells, standardCells, topUpCell } from '../credentials/trust-anchors.js'
import { Device, type DeviceProfile } from '../device.js'
import type { DevicePorts, StateStore } from '../ports.js'
import { commonAlertLogs, commonLogs, ringLog } from '../state/common-logs.js'

/** A device of the smallest kind that executes these use cases, and the parties that it knows. */

const scalar = (n: number): Uint8Array => native.sha256(Uint8Array.of(n))
export interface Party {
  readonly id: Eui64
  readonly sign: Uint8Array
  readonly agree: Uint8Array
}
const party = (id: string, n: number): Party => ({ id: eui64(id), sign: scalar(n), agree: scalar(n + 100) })

export const parties = {
  supplier: party('90b3d51f30010000', 1),
  networkOperator: party('90b3d51f30020000', 2),
  accessControlBroker: party('90b3d51f30000002', 3),
  transitionalCoS: party('90b3d51f30000004', 4),
  recovery: party('90b3d51f30000001', 5),
  loadController: party('90b3d51f30010008', 7),
  stranger: party('90b3d51f30090000', 6),
} as const
export const deviceId = eui64('00db1234567890a0')

export interface TestBench {
  readonly device: Device
  readonly clock: { time: UtcSeconds }
  readonly sent: DecodedMessage[]
}

export function profileOf(useCases: readonly UseCase[], change: Partial<DeviceProfile> = {}): DeviceProfile {
  const byCode = new Map(useCases.map((useCase) => [useCase.code, useCase]))
  return {
    kind: 'esme' as DeviceKind,
    useCases: byCode,
    cells: [...standardCells, topUpCell, ...loadControllerCells],
    logs: { ...commonLogs, 'powerEventLog.buffer': ringLog(100) },
    alertLogs: { ...commonAlertLogs, power: 'powerEventLog.buffer' },
    alertPayload: 'dlms',
    cosem: { members: membersOf(useCases), views: new Map(), activations: new Map() },
    zcl: { clusters: [...clusters.values()], attributes: new Map(), commands: new Map(), learns: new Map() },
    asn1: standardAsn1,
    ...change,
  }
}

export function testBench(
  useCases: readonly UseCase[],
  change: Partial<DeviceProfile> = {},
  ports: Partial<DevicePorts> = {},
): TestBench {
  const clock = { time: 500_000_000, now: (): UtcSeconds => clock.time }
  const sent: DecodedMessage[] = []
  let drawn = 0
  const device = new Device(profileOf(useCases, change), deviceId, {
    clock,
    crypto: native,
    keys: softwareKeyStore(native, { digitalSignature: scalar(50), keyAgreement: scalar(51) }),
    entropy: { bytes: (count) => native.sha256(Uint8Array.of(7, drawn++)).subarray(0, count) },
    link: { send: (message) => void sent.push(decodeMessage(message)) },
    ...ports,
  })
  for (const [name, { id, sign, agree }] of Object.entries(parties)) {
    if (name === 'stranger') continue
    const role = name as RemotePartyRole
    const anchor = (key: Uint8Array) => ({
      entityId: id,
      publicKey: native.publicKeyOf(key),
      subjectKeyIdentifier: native.sha1(key).subarray(0, 8),
      certificate: new Uint8Array(0),
    })
    device.anchors.set({ role, usage: 'digitalSignature' }, anchor(sign))
    if (device.anchors.has({ role, usage: 'keyAgreement' }))
      device.anchors.set({ role, usage: 'keyAgreement' }, anchor(agree))
  }
  return { device, clock, sent }
}

/** How a command is protected, and what is changed in it. */
export interface CommandOptions {
  readonly from?: keyof typeof parties | Party
  readonly counter?: bigint
  readonly protection?: 'signatureAndMac' | 'mac' | 'signature' | 'none'
  readonly change?: Partial<MessageBody>
  readonly supplementary?: Omit<OtherInformation, 'messageCode'>
  /** Who makes the MAC: the broker, unless a test is about another. */
  readonly macBy?: keyof typeof parties | Party
  readonly signedBy?: keyof typeof parties | Party
}
export const partyOf = (who: keyof typeof parties | Party): Party => (typeof who === 'string' ? parties[who] : who)

/** A command as it arrives at the device. */
export function command(request: CommandRequest, options: CommandOptions = {}): Uint8Array {
  const { from = 'supplier', counter = 1000n, macBy = 'accessControlBroker', signedBy = from } = options
  const { id } = partyOf(from)
  const context = {
    originatorCounter: counter,
    originator: options.supplementary?.supplementaryRemotePartyId ?? id,
    target: request.target,
  }
  const body: MessageBody = {
    kind: 'command',
    originatorCounter: counter,
    originator: id,
    target: request.target,
    otherInformation: { messageCode: request.useCase.code, ...options.supplementary },
    content: request.payload(context),
    ...options.change,
  }
  const protection = options.protection ?? (request.useCase.category === 'SME.C.C' ? 'signatureAndMac' : 'mac')
  const octets = signedOctetsOf(body)
  const signature = protection.startsWith('signature') ? native.sign(partyOf(signedBy).sign, octets) : undefined
  if (protection === 'signature' || protection === 'none')
    return encodeMessage({ ...body, ...(signature && { signature }) })
  const grouped = groupedOctetsOf(octets, signature)
  const z = native.ecdh(partyOf(macBy).agree, native.publicKeyOf(scalar(51)))
  return withMac(grouped, messageMac(native, z, body, grouped))
}

/** Whether the MAC of a message from the device is right for this party. */
export const macFor = (to: keyof typeof parties, message: DecodedMessage): boolean =>
  macIsValid(native, native.ecdh(parties[to].agree, native.publicKeyOf(scalar(51))), message)
export const signedByDevice = (message: DecodedMessage): boolean =>
  message.signature !== undefined &&
  native.verify(native.publicKeyOf(scalar(50)), message.signedOctets, message.signature)

/** A store in memory, as flash memory would be. */
export function memoryStore(): StateStore & { saves: number } {
  let saved: Uint8Array | undefined
  const store = {
    saves: 0,
    load: () => saved,
    save(snapshot: Uint8Array) {
      saved = concat(snapshot)
      store.saves++
    },
  }
  return store
}
