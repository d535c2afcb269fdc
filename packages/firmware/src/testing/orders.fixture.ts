import { type Eui64, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import {
  allUseCases,
  type Asn1UseCase,
  type Asn1Value,
  decodeAsn1,
  decodeMessage,
  replacementStatus,
  toGeneralizedTime,
  type updateCommand,
  type updateOutcome,
  updateResponse,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { asn1CellOf } from '../credentials/cell-codec.js'
import { replacementMessageCodes, replacementModeOf } from '../credentials/replacement-mode.js'
import type { CellName } from '../credentials/trust-anchors.js'
import type { DeviceProfile } from '../device.js'
import type { DevicePorts } from '../ports.js'
import { command, type CommandOptions, deviceId, type TestBench, testBench } from './bench.fixture.js'
import { certificateOf, certified, type CertifiedParty, keyOf, path, provision } from './certificates.fixture.js'

/** The parties that a device of these tests knows at first. */
export const first = {
  recovery: certified('recovery', '90b3d51f30000001'),
  accessControlBroker: certified('accessControlBroker', '90b3d51f30000002'),
  transitionalCoS: certified('transitionalCoS', '90b3d51f30000004'),
  wanProvider: certified('wanProvider', '90b3d51f30000007'),
  supplier: certified('supplier', '90b3d51f30010000'),
  networkOperator: certified('networkOperator', '90b3d51f30020000'),
  loadController: certified('loadController', '90b3d51f30010008'),
} as const

/** A device that trusts them, with every use case of its kind. */
export function securityBench(change: Partial<DeviceProfile> = {}, ports: Partial<DevicePorts> = {}): TestBench {
  const kind = change.kind ?? 'esme'
  const bench = testBench(
    allUseCases().filter(({ devices }) => devices.includes(kind)),
    change,
    ports,
  )
  provision(bench.device, Object.values(first))
  return bench
}

type Command = Asn1Value<typeof updateCommand>
/** An order to replace credentials. */
export interface Order {
  /** Replacement mode. */
  readonly mode: number
  readonly by: CertifiedParty
  readonly counter?: bigint
  /** Cells and who is to be in them, or the certificate itself. */
  readonly cells: readonly (readonly [CellName, CertifiedParty | Uint8Array])[]
  readonly control?: Partial<Command['control']>
  readonly path?: readonly Uint8Array[]
  readonly at?: UtcSeconds | string
  /** Whose MAC is around it. */
  readonly broker?: CertifiedParty
  readonly target?: Eui64
  readonly options?: CommandOptions
}

/** Everything that a party can have a cell for. */
export const cellsOf = ({ role }: CertifiedParty): CellName[] =>
  role === 'supplier'
    ? [
        { role, usage: 'digitalSignature' },
        { role, usage: 'keyAgreement' },
        { role, usage: 'prePaymentTopUp' },
      ]
    : role === 'recovery' || role === 'transitionalCoS'
      ? [{ role, usage: 'digitalSignature' }]
      : [
          { role, usage: 'digitalSignature' },
          { role, usage: 'keyAgreement' },
        ]
/** All cells of a party's role, for it. */
export const allCells = (party: CertifiedParty): Order['cells'] => cellsOf(party).map((cell) => [cell, party])

export function orderMessage({ mode, by, counter = 1000n, cells, control, options, ...order }: Order): Uint8Array {
  const code = replacementMessageCodes.find((one) => replacementModeOf(one).mode === mode) as number
  const value: Command = {
    control: {
      credentialsReplacementMode: mode,
      applyTimeBasedCPVChecks: 0,
      ...(mode !== 4 && { authorisingCell: asn1CellOf({ role: by.role, usage: 'digitalSignature' }) }),
      authorisingSeqNumber: counter,
      ...control,
    },
    replacements: cells.map(([cell, who]) => ({
      certificate: who instanceof Uint8Array ? who : certificateOf(who, cell.usage),
      cell: asn1CellOf(cell),
    })),
    certificationPath: [...(order.path ?? path)],
    ...(order.at !== undefined && {
      executionDateTime: typeof order.at === 'string' ? order.at : toGeneralizedTime(order.at),
    }),
  }
  const useCase = useCaseByCode(code) as Asn1UseCase
  return command(useCase.command({ to: order.target ?? deviceId, value }), {
    from: by,
    counter,
    macBy: order.broker ?? first.accessControlBroker,
    protection: mode === 8 || mode === 9 ? 'signature' : mode === 4 ? 'mac' : 'signatureAndMac',
    ...options,
  })
}

/** What became of an order: why it was refused, `accepted` for one that waits, or the status of each cell by name. */
export interface OrderResult {
  readonly refused?: string
  readonly detail?: string
  readonly accepted?: true
  readonly statuses?: readonly string[]
  readonly outcome?: Asn1Value<typeof updateOutcome>
}
const statusNames = new Map<number, string>(Object.entries(replacementStatus).map(([name, value]) => [value, name]))

export function give({ device }: TestBench, order: Order): OrderResult {
  const outcome = device.receive(orderMessage(order))
  if (outcome.kind === 'discarded') return { refused: outcome.reason, detail: outcome.detail }
  const { executionOutcome } = decodeAsn1(updateResponse, decodeMessage(outcome.response).content).value
  if (!executionOutcome) return { accepted: true }
  return {
    statuses: executionOutcome.replacements.map(({ statusCode }) => statusNames.get(statusCode) ?? `${statusCode}`),
    outcome: executionOutcome,
  }
}

/** What `holder` says of a cell that a party holds. */
export const held = (party: CertifiedParty, usage: CellName['usage']): string =>
  `${party.id} ${toHex(native.publicKeyOf(keyOf(party, usage))).slice(0, 16)}`
/** Who holds a cell, and with which key: comparable between parties and cells. */
export const holder = ({ device }: TestBench, { role, usage }: CellName): string | undefined => {
  const anchor = device.anchors.get(role, usage)
  return anchor && `${anchor.entityId} ${toHex(anchor.publicKey).slice(0, 16)}`
}
/** Everything that stands in the cells. */
export const holders = (bench: TestBench): (string | undefined)[] =>
  bench.device.anchors.cells.map((cell) => holder(bench, cell))
