import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type Asn1UseCase,
  CS02b_anyExceptAbnormalRootByRecovery,
  CS02b_networkOperatorByNetworkOperator,
  CS02b_supplierBySupplier,
  CS02b_supplierByTransCoS,
  CANCEL_TIME,
  remotePartyRole,
  replacementStatus,
  toGeneralizedTime,
} from '@smets2-sim/gbcs'
import { type Identity, type PartyRole, type Request, type TestSmki, usagesOf } from '@smets2-sim/parties'

/** Modes of CS02b in which one party follows another. facts 7.4. */
const modes = {
  supplierBySupplier: { useCase: CS02b_supplierBySupplier, mode: 2, by: 'supplier' },
  networkOperatorByNetworkOperator: {
    useCase: CS02b_networkOperatorByNetworkOperator,
    mode: 3,
    by: 'networkOperator',
  },
  anyByRecovery: { useCase: CS02b_anyExceptAbnormalRootByRecovery, mode: 8, by: 'recovery' },
  supplierByTransCoS: { useCase: CS02b_supplierByTransCoS, mode: 7, by: 'transitionalCoS' },
} as const satisfies Record<string, { useCase: Asn1UseCase; mode: number; by: PartyRole }>

export interface CredentialsOrder {
  readonly to: Eui64
  readonly mode: keyof typeof modes
  /** Who comes. */
  readonly party: Identity
  readonly smki: TestSmki
  /** When; at once where it is left out, not after all for `cancel`. */
  readonly at?: UtcSeconds | 'cancel'
  /** Whether the device has the supplier's cell for top-ups. */
  readonly topUps?: boolean
  /** What leads from the party's certificates to the root; the usual one where it is left out. */
  readonly path?: readonly Uint8Array[]
}
/** What a device answers: nothing more than `commandAccepted` for an order that waits. */
export interface OrderAnswer {
  readonly executionOutcome?: { readonly replacements: readonly { readonly statusCode: number }[] }
}

/** An order to put a party into the cells of its role. The counter in it is that of its message. */
export const replaceParty =
  ({
    to,
    mode,
    party,
    smki,
    at,
    topUps = false,
    path = smki.certificationPath,
  }: CredentialsOrder): Request<OrderAnswer> =>
  (counter) => {
    const { useCase, mode: number, by } = modes[mode]
    const role = remotePartyRole[party.role as PartyRole]
    const ofSender = by === party.role
    const floor = topUps ? { specialist: [{ usage: 0, seqNumber: 0n }] } : {}
    const usages = usagesOf(party.role).filter((usage) => topUps || usage !== 'prePaymentTopUp')
    return useCase.command({
      to,
      value: {
        control: {
          credentialsReplacementMode: number,
          applyTimeBasedCPVChecks: 0,
          authorisingCell: { role: remotePartyRole[by], keyUsage: 'digitalSignature', cellUsage: 0 },
          authorisingSeqNumber: counter,
          ...(ofSender
            ? { newFloorSeqNumber: 0n, ...(topUps && { newSpecialistFloorSeqNumber: floor.specialist ?? [] }) }
            : { otherSeqNumberChanges: [{ role, floorSeqNumber: 0n, ...floor }] }),
        },
        replacements: usages.map((usage) => ({
          certificate: party.certificates[usage] as Uint8Array,
          cell: {
            role,
            keyUsage: usage === 'digitalSignature' ? usage : 'keyAgreement',
            cellUsage: usage === 'prePaymentTopUp' ? 1 : 0,
          },
        })),
        certificationPath: [...path],
        ...(at !== undefined && { executionDateTime: at === 'cancel' ? CANCEL_TIME : toGeneralizedTime(at) }),
      },
    })
  }

/** Whether every cell was replaced, at once. */
export const allReplaced = ({ executionOutcome }: OrderAnswer): boolean =>
  executionOutcome?.replacements.every(({ statusCode }) => statusCode === replacementStatus.success) ?? false
/** Whether the order was executed, and no cell was replaced. */
export const noneReplaced = ({ executionOutcome }: OrderAnswer): boolean =>
  executionOutcome?.replacements.every(({ statusCode }) => statusCode !== replacementStatus.success) ?? false
/** Whether the order waits for its time. */
export const isPending = ({ executionOutcome }: OrderAnswer): boolean => executionOutcome === undefined
