import type { DeviceKind, RemotePartyRole, UseCaseHead } from '@smets2-sim/gbcs'

/** How a command is protected: the originator signs, the access control broker makes the MAC. */
export type CommandProtection = 'signatureAndMac' | 'mac' | 'signature'

/** The protection that a party in this role gives a command to a kind of device. facts 1.10. */
export const protectionOf = (useCase: UseCaseHead, role: RemotePartyRole, device: DeviceKind): CommandProtection =>
  useCase.protections?.(role, device)[0] ?? (useCase.category === 'SME.C.C' ? 'signatureAndMac' : 'mac')

/** Whether the response is signed by the device; else it carries a MAC for the originator. facts 1.10. */
export const responseIsSigned = (useCase: UseCaseHead, command: CommandProtection): boolean =>
  useCase.category === 'SME.C.C' || command === 'signature'
