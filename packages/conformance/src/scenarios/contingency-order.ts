import type { Eui64 } from '@smets2-sim/bytes'
import { CS02b_anyByContingency, remotePartyRole } from '@smets2-sim/gbcs'
import type { Identity, Request, TestSmki } from '@smets2-sim/parties'
import type { OrderAnswer } from './credentials-order.js'

/** An order under the contingency key: another root, and a recovery party that it vouches for. facts 7.4. */
export const newRoot =
  (to: Eui64, recovery: Identity, smki: TestSmki, symmetricKey = smki.contingency.symmetricKey): Request<OrderAnswer> =>
  (counter) =>
    CS02b_anyByContingency.command({
      to,
      value: {
        control: {
          credentialsReplacementMode: 9,
          plaintextSymmetricKey: symmetricKey,
          applyTimeBasedCPVChecks: 0,
          authorisingCell: { role: remotePartyRole.recovery, keyUsage: 'digitalSignature', cellUsage: 0 },
          authorisingSeqNumber: counter,
          newFloorSeqNumber: counter,
        },
        replacements: [
          {
            certificate: smki.issuers.contingencyRoot.certificate,
            cell: { role: remotePartyRole.root, keyUsage: 'keyCertSign', cellUsage: 0 },
          },
          {
            certificate: recovery.certificates.digitalSignature,
            cell: { role: remotePartyRole.recovery, keyUsage: 'digitalSignature', cellUsage: 0 },
          },
        ],
        certificationPath: [...smki.contingencyPath],
      },
    })
