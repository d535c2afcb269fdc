import type { RemotePartyRole } from '@smets2-sim/gbcs'

/** Who may replace whose credentials. facts 7.4, 7.5. */
export interface ReplacementMode {
  readonly mode: number
  readonly messageCode: number
  /** Roles whose cells may be replaced. */
  readonly replaces: readonly RemotePartyRole[]
  /** Whether a new root may come without the word of the old one. Only the contingency key can do that. */
  readonly abnormalRoot: boolean
}

const everyRole: readonly RemotePartyRole[] = [
  'root',
  'recovery',
  'supplier',
  'networkOperator',
  'accessControlBroker',
  'transitionalCoS',
  'wanProvider',
  'loadController',
]
/** Mode, message code, roles that it may replace. */
const rows: readonly (readonly [number, number, readonly RemotePartyRole[]])[] = [
  [0, 0x0100, ['root']],
  [1, 0x0101, ['root']],
  [2, 0x0102, ['supplier']],
  [3, 0x0103, ['networkOperator']],
  [4, 0x0104, ['accessControlBroker']],
  [5, 0x0105, ['wanProvider']],
  [6, 0x0106, ['transitionalCoS']],
  [7, 0x0107, ['supplier']],
  [8, 0x0108, everyRole],
  [9, 0x0109, everyRole],
  [10, 0x0125, ['loadController']],
  [11, 0x0126, ['loadController']],
]
/** anyByContingency. */
export const CONTINGENCY = 9

const modes = new Map<number, ReplacementMode>(
  rows.map(([mode, messageCode, replaces]) => [
    messageCode,
    { mode, messageCode, replaces, abnormalRoot: mode === CONTINGENCY },
  ]),
)
/** The mode of a message code of CS02b or CS02g. */
export const replacementModeOf = (messageCode: number): ReplacementMode => {
  const mode = modes.get(messageCode)
  if (!mode) throw new TypeError(`message code ${messageCode} is none of CS02b or CS02g`)
  return mode
}
export const replacementMessageCodes: readonly number[] = [...modes.keys()]
