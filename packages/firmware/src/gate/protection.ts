import type { DeviceKind, RemotePartyRole, UseCaseHead } from '@smets2-sim/gbcs'

/** How a command may be protected: by whom it is signed is its originator, its MAC is made by the access control broker. */
export type Protection = 'signatureAndMac' | 'mac' | 'signature'

/** Protections that a use case accepts from a role on a kind of device. facts 1.10. */
export function acceptedProtections(
  useCase: UseCaseHead,
  role: RemotePartyRole,
  device: DeviceKind,
): readonly Protection[] {
  return useCase.protections?.(role, device) ?? [useCase.category === 'SME.C.C' ? 'signatureAndMac' : 'mac']
}

/** A response is signed when the use case is critical or its command carried no MAC; else it carries a MAC. facts 1.10. */
export const responseIsSigned = (useCase: UseCaseHead, used: Protection): boolean =>
  useCase.category === 'SME.C.C' || used === 'signature'
