import { alert, everyDevice } from './alert.js'

const meters = ['esme', 'gsme'] as const
const execution = {
  devices: everyDevice,
  wan: 2,
  logs: ['event'],
  roles: ['supplier', 'wanProvider'],
  toOriginator: true,
  messageCodes: { dlms: 0x00cc, gbz: 0x00cd, CS06: 0x00ca, CS02b: 0x00cb, CS02g: 0x0124 },
} as const
const securityAlert = { devices: everyDevice, wan: 1, logs: ['security'], roles: ['supplier'] } as const
const originatorSecurityAlert = {
  ...securityAlert,
  roles: ['supplier', 'accessControlBroker', 'wanProvider'],
  toOriginator: true,
} as const
const tamper = {
  ...securityAlert,
  devices: ['esme', 'gsme', 'chf', 'hcalcs'],
  roles: ['supplier', 'networkOperator', 'accessControlBroker', 'wanProvider'],
} as const
const securityEvent = { devices: everyDevice, wan: 0, logs: ['security'], roles: [], decided: true } as const

/** Security, credentials, firmware, tokens and execution of commands: alerts and events 8Fxx. facts 4.5. */
export const securityAlerts = [
  alert(0x8f1b, 'firmwareVerificationFailedAtPowerOn', 'Firmware Verification Failed At Power On', {
    ...securityAlert,
    roles: ['supplier', 'wanProvider'],
  }),
  alert(0x8f1c, 'firmwareVerificationFailed', 'Firmware Verification Failed', {
    ...securityAlert,
    wan: 2,
    messageCodes: { dlms: 0x00ce, gbz: 0x00cf },
  }),
  alert(
    0x8f1e,
    'integrityCheckOfContentOrFormatOfCommandFailed',
    'Integrity check of content or format of command failed',
    originatorSecurityAlert,
  ),
  alert(0x8f30, 'sourceDoesNotHaveAuthorityForCommand', 'Source Does not have Authority for Command', {
    ...originatorSecurityAlert,
    decided: true,
  }),
  alert(0x8f3d, 'trustedSourceAuthenticationFailure', 'Trusted Source Authentication Failure', {
    ...originatorSecurityAlert,
    logs: [],
  }),
  alert(
    0x8f3e,
    'unauthorisedCommunicationAccessAttempted',
    'Unauthorised Communication Access attempted',
    originatorSecurityAlert,
  ),
  alert(0x8f3f, 'unauthorisedPhysicalAccessTamperDetect', 'Unauthorised Physical Access - Tamper Detect', tamper),
  alert(0x8f43, 'changeInTheExecutingFirmwareVersion', 'Change in the executing Firmware version', securityEvent),
  alert(
    0x8f47,
    'creditWouldCauseMeterBalanceToExceedMaximumMeterBalanceThreshold',
    'Credit would cause Meter Balance to exceed Maximum Meter Balance Threshold',
    { ...securityEvent, devices: meters },
  ),
  alert(0x8f48, 'deviceJoiningFailed', 'Device joining failed', securityEvent),
  alert(0x8f49, 'deviceJoiningSucceeded', 'Device joining succeeded', securityEvent),
  alert(0x8f4a, 'deviceUnjoiningFailed', 'Device Unjoining failed', securityEvent),
  alert(0x8f4b, 'deviceUnjoiningSucceeded', 'Device Unjoining succeeded', securityEvent),
  alert(
    0x8f4c,
    'ownDigitalSigningCertificateReplacementFailed',
    'Own Digital Signing Certificate replacement failed',
    securityEvent,
  ),
  alert(
    0x8f4d,
    'ownDigitalSigningCertificateReplacementSucceeded',
    'Own Digital Signing Certificate replacement succeeded',
    securityEvent,
  ),
  alert(
    0x8f4e,
    'ownKeyAgreementCertificateReplacementFailed',
    'Own Key Agreement Certificate replacement failed',
    securityEvent,
  ),
  alert(
    0x8f4f,
    'ownKeyAgreementCertificateReplacementSucceeded',
    'Own Key Agreement Certificate replacement succeeded',
    securityEvent,
  ),
  alert(0x8f51, 'duplicateUtrnEntered', 'Duplicate UTRN entered', { ...securityEvent, devices: meters }),
  alert(0x8f52, 'eventLogCleared', 'Event Log Cleared', securityEvent),
  alert(
    0x8f53,
    'failedAuthenticationOrAuthorisationNotCoveredByOtherCodes',
    'Failed Authentication or Authorisation not covered by other codes',
    { ...originatorSecurityAlert, decided: true },
  ),
  alert(0x8f5b, 'utrnExceedsMaximumCreditThreshold', 'UTRN exceeds Maximum Credit Threshold', {
    ...securityEvent,
    devices: meters,
  }),
  alert(
    0x8f60,
    'unusualNumbersOfMalformedOutOfOrderOrUnexpectedCommandsReceived',
    'Unusual numbers of malformed, out-of-order or unexpected Commands received',
    { ...originatorSecurityAlert, decided: true },
  ),
  alert(0x8f63, 'utrnNotAuthentic', 'UTRN not Authentic', { ...securityEvent, devices: meters }),
  alert(0x8f64, 'utrnNotForThisDevice', 'UTRN not for this Device', { ...securityEvent, devices: meters }),
  alert(
    0x8f66,
    'futureDateHanInterfaceCommandSuccessfullyActioned',
    'Future-date HAN Interface Command Successfully Actioned',
    execution,
  ),
  alert(
    0x8f67,
    'futureDateHanInterfaceCommandNotSuccessfullyActioned',
    'Future-date HAN Interface Command not Successfully Actioned',
    execution,
  ),
  alert(0x8f70, 'updateSecurityCredentials', 'Update Security Credentials', { ...securityEvent, decided: false }),
  alert(0x8f72, 'firmwareVerificationSuccessful', 'Firmware Verification Successful', {
    ...securityAlert,
    wan: 2,
    messageCodes: { dlms: 0x00ce, gbz: 0x00cf },
  }),
  alert(
    0x8f73,
    'unauthorisedPhysicalAccessBatteryCoverRemoved',
    'Unauthorised Physical Access - Battery Cover Removed',
    { ...tamper, devices: ['gsme'], decided: true },
  ),
  alert(0x8f74, 'unauthorisedPhysicalAccessMeterCoverRemoved', 'Unauthorised Physical Access - Meter Cover Removed', {
    ...tamper,
    devices: meters,
  }),
  alert(
    0x8f75,
    'unauthorisedPhysicalAccessStrongMagneticField',
    'Unauthorised Physical Access - Strong Magnetic field',
    { ...tamper, devices: ['esme', 'gsme', 'chf'] },
  ),
  alert(
    0x8f76,
    'unauthorisedPhysicalAccessTerminalCoverRemoved',
    'Unauthorised Physical Access - Terminal Cover Removed',
    { ...tamper, devices: ['esme'] },
  ),
  alert(
    0x8f77,
    'unauthorisedPhysicalAccessSecondTerminalCoverRemoved',
    'Unauthorised Physical Access - Second Terminal Cover Removed',
    { ...tamper, devices: ['esme'], decided: true },
  ),
  alert(0x8f78, 'unauthorisedPhysicalAccessOther', 'Unauthorised Physical Access - Other', tamper),
  alert(0x8f82, 'remainingBatteryCapacityReset', 'Remaining Battery Capacity reset', {
    ...securityEvent,
    devices: ['gsme'],
  }),
] as const
