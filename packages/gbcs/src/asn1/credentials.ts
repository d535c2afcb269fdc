import {
  anyElement,
  bigInteger,
  choice,
  defaulted,
  enumerated,
  generalizedTime,
  implicit,
  integer,
  keyUsage,
  nullValue,
  octetString,
  optionalField,
  sequence,
  sequenceOf,
} from './codec.js'

/** A trust anchor cell: role number, key usage, and 1 for the supplier's top-up key. facts 7.1. */
export const cell = sequence({ role: integer, keyUsage, cellUsage: defaulted(integer, 0) })

/** Status of one replacement. facts 7.1. */
export const replacementStatus = {
  success: 0,
  badCertificate: 5,
  noTrustAnchor: 10,
  insufficientMemory: 17,
  trustAnchorNotFound: 25,
  resourcesBusy: 30,
  other: 127,
} as const

/** CS02a and CS02f: Provide Security Credentials Details. facts 7.2. */
export const detailsCommand = sequence({ authorisingRemotePartyTACell: cell, rolesRequired: sequenceOf(integer) })
export const detailsResponse = sequenceOf(
  sequence({
    role: integer,
    statusCode: enumerated,
    currentSeqNumber: optionalField(bigInteger),
    cells: optionalField(
      sequenceOf(
        sequence({
          keyUsage,
          cellUsage: defaulted(integer, 0),
          existingSubjectUniqueId: octetString(8),
          existingSubjectKeyIdentifier: octetString(8),
        }),
      ),
    ),
  }),
)

const specialistCounters = sequenceOf(sequence({ usage: integer, seqNumber: bigInteger }))
const roleCounters = sequenceOf(
  sequence({ role: integer, floorSeqNumber: bigInteger, specialist: optionalField(specialistCounters) }),
)

/** CS02b Update Security Credentials, and CS02g for load controllers. facts 7.4, 7.5. */
export const updateCommand = sequence({
  control: sequence({
    credentialsReplacementMode: integer,
    plaintextSymmetricKey: optionalField(implicit(0, octetString())),
    applyTimeBasedCPVChecks: defaulted(implicit(1, integer), 0),
    authorisingCell: optionalField(implicit(2, cell)),
    authorisingSeqNumber: implicit(3, bigInteger),
    newFloorSeqNumber: optionalField(implicit(4, bigInteger)),
    newSpecialistFloorSeqNumber: optionalField(implicit(5, specialistCounters)),
    otherSeqNumberChanges: optionalField(implicit(6, roleCounters)),
  }),
  replacements: sequenceOf(sequence({ certificate: anyElement, cell })),
  certificationPath: sequenceOf(anyElement),
  executionDateTime: optionalField(generalizedTime),
})
export const updateOutcome = sequence({
  authorisingSeqNumber: bigInteger,
  credentialsReplacementMode: integer,
  seqNumberChanges: roleCounters,
  replacements: sequenceOf(
    sequence({
      cell,
      statusCode: enumerated,
      existingSubjectUniqueId: octetString(8),
      existingSubjectKeyIdentifier: octetString(8),
      replacingSubjectUniqueId: octetString(8),
      replacingSubjectKeyIdentifier: octetString(8),
    }),
  ),
})
export const updateResponse = sequence({ commandAccepted: nullValue, executionOutcome: optionalField(updateOutcome) })
export const updateAlert = sequence({
  alertCode: integer,
  executionDateTime: generalizedTime,
  executionOutcome: updateOutcome,
})

/** CS02c Issue Security Credentials: a certification request (DER), or why there is none. facts 7.6. */
export const issueCommand = sequence({ keyUsage })
export const issueResponse = choice({ failure: integer, certificationRequest: anyElement })
export const issueFailure = {
  invalidKeyUsage: 1,
  keyPairGenerationFailed: 2,
  certificationRequestProductionFailed: 3,
} as const

/** CS02d Update Device Certificate. */
export const deviceCertificateCommand = anyElement
export const deviceCertificateResponse = integer
export const deviceCertificateResult = {
  success: 0,
  invalidCertificate: 1,
  wrongDeviceIdentity: 2,
  invalidKeyUsage: 3,
  noCorrespondingKeyPairGenerated: 4,
  wrongPublicKey: 5,
  certificateStorageFailed: 6,
  privateKeyChangeFailed: 7,
} as const

/** CS02e Provide Device Certificate. */
export const provideCertificateCommand = sequence({ keyUsage })
export const provideCertificateResponse = choice({ failure: integer, certificate: anyElement })
export const provideCertificateFailure = { invalidKeyUsage: 1, noCertificateHeld: 2, retrievalFailure: 3 } as const
