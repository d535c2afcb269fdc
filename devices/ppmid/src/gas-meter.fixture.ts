import { type Eui64, eui64, eui64Bytes, toLatin1 } from '@smets2-sim/bytes'
import { buildCertificate, type KeyStore, native, softwareKeyStore } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  commonAlertLogs,
  commonLogs,
  Device,
  type DeviceProfile,
  type Outcome,
  payment,
  standardAsn1,
  standardCells,
  topUpCell,
  useCasesOf,
} from '@smets2-sim/firmware'
import {
  allUseCases,
  type CommandRequest,
  CS03C,
  deviceType,
  groupedOctetsOf,
  joinMethod,
  type MessageBody,
  messageMac,
  signedOctetsOf,
  withMac,
} from '@smets2-sim/gbcs'
import { zclStatus } from '@smets2-sim/zcl'

const scalar = (...seed: number[]): Uint8Array => native.sha256(Uint8Array.from(seed))
/** Keys of a device or party by a number. */
const secretsOf = (n: number) => ({ digitalSignature: scalar(n, 1), keyAgreement: scalar(n, 2) })
export const keyStoreOf = (n: number): KeyStore => softwareKeyStore(native, secretsOf(n))

const parties = { supplier: eui64('90b3d51f30010000'), accessControlBroker: eui64('90b3d51f30000002') } as const
type Party = keyof typeof parties
const partyNumber: Readonly<Record<Party, number>> = { supplier: 101, accessControlBroker: 102 }

/** The certificate of a device's key agreement key. */
export const certificateOf = (id: Eui64, n: number): Uint8Array =>
  buildCertificate(
    native,
    {
      serialNumber: Uint8Array.of(n),
      issuer: { commonName: 'Issuer', publicKey: native.publicKeyOf(scalar(9)) },
      subject: { kind: 'device', entityId: id },
      publicKey: native.publicKeyOf(secretsOf(n).keyAgreement),
      keyUsage: 'keyAgreement',
      notBefore: '20200101000000Z',
      notAfter: '99991231235959Z',
    },
    (tbs) => native.sign(scalar(9), tbs),
  )

/** Makes a device trust supplier and broker. */
export function trustParties(device: Device): void {
  for (const role of Object.keys(parties) as Party[])
    for (const usage of ['digitalSignature', 'keyAgreement'] as const) {
      if (!device.anchors.has({ role, usage })) continue
      const key = secretsOf(partyNumber[role])[usage]
      device.anchors.set(
        { role, usage },
        {
          entityId: parties[role],
          publicKey: native.publicKeyOf(key),
          subjectKeyIdentifier: new Uint8Array(8),
          certificate: new Uint8Array(0),
        },
      )
    }
}

/** A critical command as it arrives at a device: signed by the party, with the MAC of the broker. */
export function critical(from: Party, counter: bigint, request: CommandRequest, deviceNumber: number): Uint8Array {
  const header = { originatorCounter: counter, originator: parties[from], target: request.target }
  const body: MessageBody = {
    kind: 'command',
    ...header,
    otherInformation: { messageCode: request.useCase.code },
    content: request.payload(header),
  }
  const octets = signedOctetsOf(body)
  const grouped = groupedOctetsOf(octets, native.sign(secretsOf(partyNumber[from]).digitalSignature, octets))
  const broker = secretsOf(partyNumber.accessControlBroker).keyAgreement
  const z = native.ecdh(broker, native.publicKeyOf(secretsOf(deviceNumber).keyAgreement))
  return withMac(grouped, messageMac(native, z, body, grouped))
}

/** CS03C: joins gas meter and prepayment display, each with the certificate of the other. */
export const joinByMethodC = (to: Eui64, other: Eui64, otherType: number, certificate: Uint8Array): CommandRequest =>
  CS03C.command({
    to,
    value: {
      joinMethodAndRole: joinMethod.methodC,
      otherDeviceEntityIdentifier: eui64Bytes(other),
      otherDeviceType: otherType,
      otherDeviceCertificate: certificate,
    },
  })
export { deviceType }

/** A gas meter in prepayment mode that takes PCS01 and PCS02 at the gate, with the payment engine behind them. */
export class GasMeter {
  readonly device: Device
  tokens: payment.TokenState
  settings: payment.AccountSettings = {
    ...payment.factorySettings,
    emergencyCreditLimitMillipence: 500_000,
    emergencyCreditThresholdMillipence: 100_000,
  }

  constructor(id: Eui64, n: number, clock: { now(): UtcSeconds }) {
    this.tokens = {
      account: { ...payment.newAccount(clock.now()), paymentMode: 'prepayment' },
      counters: payment.noTokensYet,
      manual: payment.noFailuresYet,
    }
    const profile: DeviceProfile = {
      kind: 'gsme',
      useCases: useCasesOf(allUseCases(), 'gsme'),
      cells: [...standardCells, topUpCell],
      logs: commonLogs,
      alertLogs: commonAlertLogs,
      alertPayload: 'gbz',
      asn1: standardAsn1,
      zcl: {
        clusters: [],
        attributes: new Map(),
        learns: new Map(),
        commands: new Map([
          ['prepayment.consumerTopUp', { handle: (_, fields) => this.#topUp(fields) }],
          ['prepayment.selectAvailableEmergencyCredit', { handle: () => this.#activate() }],
        ]),
      },
    }
    this.device = new Device(profile, id, {
      clock,
      crypto: native,
      keys: keyStoreOf(n),
      entropy: { bytes: (count) => new Uint8Array(count) },
      link: { send: () => undefined },
    })
    trustParties(this.device)
    this.setBalance(0)
  }
  receive(octets: Uint8Array): Outcome {
    return this.device.receive(octets)
  }
  setBalance(millipence: number): void {
    const account = { ...this.tokens.account, meterBalanceMillipence: millipence }
    this.tokens = { ...this.tokens, account: payment.review(account, this.settings, false).account }
  }

  #topUp(fields: Readonly<Record<string, unknown>>) {
    const digits = toLatin1(fields['topUpCode'] as Uint8Array)
    const entry = { digits, by: 'ppmid', now: this.device.now } as const
    const { state, outcome } = payment.enterToken(this.tokens, this.settings, entry, ({ mac }) => mac === 7)
    this.tokens = state
    const credited = outcome.kind === 'credited'
    return [
      {
        command: 'consumerTopUpResponse',
        fields: {
          resultType: credited ? 0 : payment.tokenRefusals[outcome.reason].resultType,
          topUpValue: credited ? outcome.millipence : -1,
          sourceOfTopUp: fields['originatingDevice'] as number,
          creditRemaining: credited ? state.account.meterBalanceMillipence : -1,
        },
      },
    ]
  }
  #activate() {
    const { account, active } = payment.activateEmergencyCredit(this.tokens.account, this.settings)
    this.tokens = { ...this.tokens, account }
    return { status: active ? zclStatus.success : zclStatus.failure }
  }
}
