import {
  anyElement,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  optionalField,
  sequence,
  sequenceOf,
} from './codec.js'

/** CS03A1, CS03A2, CS03B, CS03C: join with another device. facts 7.6. */
export const joinCommand = sequence({
  joinMethodAndRole: integer,
  otherDeviceEntityIdentifier: octetString(8),
  otherDeviceType: integer,
  /** Only and always between gas meter and prepayment display. */
  otherDeviceCertificate: optionalField(anyElement),
})
export const joinResponse = integer
export const joinMethod = { methodAInitiator: 0, methodAResponder: 1, methodB: 2, methodC: 3 } as const
export const deviceType = { gsme: 0, esme: 1, chf: 2, gpf: 3, hcalcs: 4, ppmid: 5, type2: 6 } as const
export const joinResult = {
  success: 0,
  invalidMessageCodeForJoinMethodAndRole: 1,
  invalidJoinMethodAndRole: 2,
  incompatibleWithExistingEntry: 3,
  deviceLogFull: 4,
  writeFailure: 5,
  keyAgreementNoResources: 6,
  keyAgreementUnknownIssuer: 7,
  keyAgreementUnsupportedSuite: 8,
  keyAgreementBadMessage: 9,
  keyAgreementBadKeyConfirm: 10,
  invalidOrMissingCertificate: 11,
  noPartnerLinkKeyReceived: 12,
  noCBKEResponse: 13,
} as const

/** CS04AC, CS04B: leave another device. */
export const unjoinCommand = octetString(8)
export const unjoinResponse = integer
export const unjoinResult = { success: 0, otherDeviceNotInDeviceLog: 1, otherFailure: 2 } as const

/** An entry of a device log. */
export const deviceLogEntry = sequence({ deviceId: octetString(8), deviceType: integer })
/** CS07 Read Device Join Details. */
export const joinDetailsCommand = nullValue
export const joinDetailsResponse = sequence({ status: integer, entries: optionalField(sequenceOf(deviceLogEntry)) })
/** GCS59 Restore GPF Device Log. */
export const restoreLogCommand = sequence({ entries: sequenceOf(deviceLogEntry) })
export const restoreLogResponse = sequence({
  results: sequenceOf(sequence({ entry: deviceLogEntry, joinResponseCode: integer })),
})
/** GCS62 Backup GPF Device Log. */
export const backupLogAlert = sequence({
  alertCode: integer,
  backupDateTime: generalizedTime,
  entries: sequenceOf(deviceLogEntry),
})
