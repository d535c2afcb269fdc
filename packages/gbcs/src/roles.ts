/** Roles of remote parties and their numbers in certificates and ASN.1 payloads. facts 1.5. */
export const remotePartyRole = {
  root: 0,
  recovery: 1,
  supplier: 2,
  networkOperator: 3,
  accessControlBroker: 4,
  transitionalCoS: 5,
  wanProvider: 6,
  issuingAuthority: 7,
  loadController: 8,
} as const
export type RemotePartyRole = keyof typeof remotePartyRole

const names = new Map(
  Object.entries(remotePartyRole).map(([name, value]) => [value as number, name as RemotePartyRole]),
)
/** The role of a number, or undefined. */
export const roleName = (value: number): RemotePartyRole | undefined => names.get(value)
