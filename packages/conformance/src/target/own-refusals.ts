import { eui64Bytes } from '@smets2-sim/bytes'
import {
  activateResult,
  type Asn1UseCase,
  deviceType,
  joinMethod,
  joinResult,
  remotePartyRole,
  type RemotePartyRole,
  replacementStatus,
  type UseCase,
} from '@smets2-sim/gbcs'
import { partyOf, type TargetKeys } from './keys.js'
import type { OwnFields } from './own-fields.js'
import type { PlannedCommand, RequestContext } from './planned.js'
import { strangeAuthority, strangeDevice, strangeParty, strangeRoot, strangerId } from './stranger.js'

/** A command that every device has to refuse, because its values fit none. */
interface Refusal {
  /** Why it is refused, for people. */
  readonly why: string
  /** What in the response is the device's own affair. */
  readonly own?: OwnFields
  readonly value: (context: RequestContext) => unknown
}
const but = (success: number) => ({ rule: 'any but success', holds: (value: unknown) => value !== success })

/** Roles whose party says that another may hold a cell, and whose cell it is, by mode. facts 7.4, 7.5. */
const replacements: Readonly<Record<string, readonly [mode: number, by: RemotePartyRole, of: RemotePartyRole]>> = {
  CS02b_rootBySupplier: [0, 'supplier', 'root'],
  CS02b_rootByWanProvider: [1, 'wanProvider', 'root'],
  CS02b_supplierBySupplier: [2, 'supplier', 'supplier'],
  CS02b_networkOperatorByNetworkOperator: [3, 'networkOperator', 'networkOperator'],
  CS02b_accessControlBrokerByACB: [4, 'accessControlBroker', 'accessControlBroker'],
  CS02b_wanProviderByWanProvider: [5, 'wanProvider', 'wanProvider'],
  CS02b_transCoSByTransCoS: [6, 'transitionalCoS', 'transitionalCoS'],
  CS02b_supplierByTransCoS: [7, 'transitionalCoS', 'supplier'],
  CS02b_anyExceptAbnormalRootByRecovery: [8, 'recovery', 'recovery'],
  CS02g_loadControllerByLoadController: [10, 'loadController', 'loadController'],
  CS02g_loadControllerBySupplier: [11, 'supplier', 'loadController'],
}
/** The mode in which the broker's MAC is all that protects an order, but on the hub. facts 7.4. */
const BROKER_ITSELF = 4

/** Who sends an order to replace credentials. */
export const replacedBy = ({ name }: UseCase): RemotePartyRole | undefined => replacements[name]?.[1]

function replacement(useCase: UseCase, keys: TargetKeys): Refusal | undefined {
  const [mode, sender, role] = replacements[useCase.name] ?? []
  if (mode === undefined || !sender || !role) return undefined
  const { kind } = keys.device
  const id = partyOf(keys, role)?.id
  if (role === 'root' ? !keys.root : !id) return undefined
  const keyUsage = role === 'root' ? 'keyCertSign' : 'digitalSignature'
  const certificate = role === 'root' || !id ? strangeRoot() : strangeParty(role, id, keyUsage)
  const cell = { role: remotePartyRole[role], keyUsage, cellUsage: 0 }
  const authorisingCell = { role: remotePartyRole[sender], keyUsage: 'digitalSignature', cellUsage: 0 }
  return {
    why: 'certificate of a stranger',
    own: { statusCode: but(replacementStatus.success) },
    value: ({ originatorCounter }) => ({
      control: {
        credentialsReplacementMode: mode,
        applyTimeBasedCPVChecks: 0,
        ...((mode !== BROKER_ITSELF || kind === 'chf') && { authorisingCell }),
        authorisingSeqNumber: originatorCounter,
      },
      replacements: [{ certificate, cell }],
      certificationPath: [strangeAuthority()],
    }),
  }
}

const joinBy = (joinMethodAndRole: number): Refusal => ({
  why: 'method of another command',
  value: () => ({
    joinMethodAndRole,
    otherDeviceEntityIdentifier: eui64Bytes(strangerId),
    otherDeviceType: deviceType.ppmid,
  }),
})
const unjoin: Refusal = { why: 'device that it does not know', value: () => eui64Bytes(strangerId) }

const others: Readonly<Record<string, Refusal>> = {
  CS02d: { why: 'certificate of another device', value: strangeDevice },
  CS03A1: joinBy(joinMethod.methodB),
  CS03A2: joinBy(joinMethod.methodB),
  CS03B: joinBy(joinMethod.methodAInitiator),
  CS03C: joinBy(joinMethod.methodB),
  CS04AC: unjoin,
  CS04B: unjoin,
  CS06: {
    why: 'image that it does not hold',
    own: {
      // which of the two depends on whether it holds another image
      activateImageResponseCode: {
        rule: 'no image held, or another hash',
        holds: (value) => value === activateResult.noImageHeld || value === activateResult.hashMismatch,
      },
      firmwareVersion: { rule: 'its own', holds: () => true },
    },
    value: ({ originatorCounter }) => ({ manufacturerImageHash: new Uint8Array(32).fill(0x5c), originatorCounter }),
  },
  GCS59: {
    why: 'device of a kind that it does not join',
    own: { joinResponseCode: but(joinResult.success) },
    value: () => ({ entries: [{ deviceId: eui64Bytes(strangerId), deviceType: deviceType.chf }] }),
  },
}

/**
 * For a use case whose values are of the home: one that every right device refuses. Undefined where no such command can
 * be made with the keys.
 */
export function refusalOf(
  useCase: UseCase,
  keys: TargetKeys,
): Pick<PlannedCommand, 'scenario' | 'request' | 'own' | 'refused'> | undefined {
  const refusal = replacement(useCase, keys) ?? others[useCase.name]
  if (!refusal || useCase.payload !== 'asn1') return undefined
  const { why, own, value } = refusal
  return {
    scenario: `${useCase.name}: ${why}`,
    refused: true,
    ...(own && { own }),
    request: (context) => (useCase as Asn1UseCase).command({ to: context.target, value: value(context) }),
  }
}
