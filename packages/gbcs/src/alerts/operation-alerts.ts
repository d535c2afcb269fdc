import { alert, everyDevice } from './alert.js'

const meters = ['esme', 'gsme'] as const
const toSupplier = { wan: 1, roles: ['supplier'] } as const
const meterAlert = { ...toSupplier, devices: meters } as const
const meterAlertAndEvent = { ...meterAlert, logs: ['event'] } as const
const electricityAlert = { ...toSupplier, devices: ['esme'] } as const
const electricityAlertAndEvent = { ...electricityAlert, logs: ['event'] } as const
const gasAlertAndEvent = { ...toSupplier, devices: ['gsme'], logs: ['event'] } as const
const localEvent = { devices: meters, wan: 0, logs: ['event'], roles: [] } as const
const hubEvent = { devices: ['chf'], wan: 1, logs: ['event'], roles: ['accessControlBroker'], decided: true } as const

/**
 * Credit, clock, faults and covers: alerts and events 81xx, and that of the gas proxy. facts 4.5; what the meters of the
 * reference messages ECS25r1 and GCS20r are set to decides where the table is silent.
 */
export const operationAlerts = [
  alert(0x8071, 'gpfDeviceLogChanged', 'GPF Device Log Changed', {
    devices: ['gpf'],
    wan: 2,
    logs: ['event'],
    roles: ['accessControlBroker'],
    messageCodes: { GCS62: 0x00b2 },
    decided: true,
  }),
  alert(0x810d, 'combinedCreditBelowLowCreditThreshold', 'Combined Credit Below Low Credit Threshold', {
    ...meterAlert,
    han: true,
  }),
  alert(0x810e, 'creditAddedLocally', 'Credit Added Locally', meterAlert),
  alert(0x8119, 'emergencyCreditHasBecomeAvailable', 'Emergency Credit Has Become Available', {
    ...meterAlert,
    han: true,
  }),
  alert(
    0x811a,
    'failureInChangingOrMaintainingHcalcsOrAlcsState',
    'Failure in changing or maintaining HCALCS or ALCS state',
    { ...electricityAlert, logs: ['alcs'] },
  ),
  alert(0x8145, 'clockAdjustedWithinTolerance', 'Clock adjusted (within tolerance)', localEvent),
  alert(
    0x8154,
    'immediateHanInterfaceCommandReceivedAndSuccessfullyActioned',
    'Immediate HAN Interface Command Received and Successfully Actioned',
    { ...localEvent, devices: everyDevice, decided: true },
  ),
  alert(
    0x8155,
    'immediateHanInterfaceCommandReceivedButNotSuccessfullyActioned',
    'Immediate HAN Interface Command Received but not Successfully Actioned',
    { ...localEvent, devices: everyDevice, decided: true },
  ),
  alert(
    0x8161,
    'userInterfaceCommandInputAndSuccessfullyActioned',
    'User Interface Command Input and Successfully Actioned',
    localEvent,
  ),
  alert(
    0x8162,
    'userInterfaceCommandInputButNotSuccessfullyActioned',
    'User Interface Command Input but not Successfully Actioned',
    localEvent,
  ),
  alert(
    0x8168,
    'supplyDisabledThenArmedActivateEmergencyCreditTriggered',
    'Supply Disabled then Armed - Activate Emergency Credit triggered',
    { ...localEvent, logs: [], han: true },
  ),
  alert(0x8183, 'deviceJoinedSmhan', 'Device joined SMHAN', meterAlertAndEvent),
  alert(0x8184, 'valveTested', 'Valve tested', gasAlertAndEvent),
  alert(0x819d, 'gsmeCommandNotRetrieved', 'GSME Command Not Retrieved', hubEvent),
  alert(0x819e, 'tapOffMessageResponseOrAlertFailure', 'Tap Off Message Response or Alert Failure', hubEvent),
  alert(0x81a0, 'smartMeterIntegrityIssueWarning', 'Smart Meter Integrity Issue - Warning', {
    ...meterAlertAndEvent,
    wan: 2,
    messageCodes: { dlms: 0x00f0, gbz: 0x00f2 },
  }),
  alert(0x81a1, 'batteryCoverClosed', 'Battery Cover Closed', meterAlertAndEvent),
  alert(0x81a2, 'chConnectedToEsme', 'CH Connected to ESME', electricityAlertAndEvent),
  alert(0x81a3, 'chDisconnectedFromEsme', 'CH Disconnected from ESME', electricityAlertAndEvent),
  alert(0x81a4, 'closeTunnelCommandRejected', 'Close Tunnel Command Rejected', meterAlertAndEvent),
  alert(0x81a5, 'communicationFromLocalPort', 'Communication From Local Port', meterAlertAndEvent),
  alert(
    0x81a6,
    'customerAcknowledgedMessageOnHanDevice',
    'Customer Acknowledged Message on HAN Device',
    meterAlertAndEvent,
  ),
  alert(0x81a7, 'debtCollectionCompletedTimeDebt1', 'Debt Collection Completed - Time Debt 1', meterAlertAndEvent),
  alert(0x81a8, 'debtCollectionCompletedTimeDebt2', 'Debt Collection Completed - Time Debt 2', meterAlertAndEvent),
  alert(0x81a9, 'debtCollectionCompletedPaymentDebt', 'Debt Collection Completed - Payment Debt', meterAlertAndEvent),
  alert(0x81aa, 'emergencyCreditExhausted', 'Emergency Credit Exhausted', { ...meterAlertAndEvent, han: true }),
  alert(0x81ab, 'emergencyCreditActivated', 'Emergency Credit Activated', { ...meterAlertAndEvent, han: true }),
  alert(0x81ac, 'errorMeasurementFault', 'Error Measurement Fault', meterAlertAndEvent),
  alert(
    0x81ad,
    'errorMetrologyFirmwareVerificationFailure',
    'Error Metrology Firmware Verification Failure',
    meterAlertAndEvent,
  ),
  alert(0x81ae, 'errorNonVolatileMemory', 'Error Non Volatile Memory', meterAlertAndEvent),
  alert(0x81af, 'errorProgramExecution', 'Error Program Execution', meterAlertAndEvent),
  alert(0x81b0, 'errorProgramStorage', 'Error Program Storage', meterAlertAndEvent),
  alert(0x81b1, 'errorRam', 'Error RAM', meterAlertAndEvent),
  alert(0x81b2, 'errorUnexpectedHardwareReset', 'Error Unexpected Hardware Reset', meterAlertAndEvent),
  alert(0x81b3, 'errorWatchdog', 'Error Watchdog', meterAlertAndEvent),
  alert(0x81b4, 'excessGasFlowBeyondMeterCapacity', 'Excess Gas Flow Beyond Meter Capacity', gasAlertAndEvent),
  alert(0x81b5, 'flowSensorDetectsAirInGasFlow', 'Flow Sensor Detects Air in Gas Flow', gasAlertAndEvent),
  alert(0x81b6, 'flowSensorDetectsReverseFlowOfGas', 'Flow Sensor Detects Reverse Flow of Gas', gasAlertAndEvent),
  alert(0x81b7, 'incorrectPhaseSequencing', 'Incorrect phase sequencing', {
    ...electricityAlert,
    logs: ['power'],
    decided: true,
  }),
  alert(0x81b8, 'incorrectPolarity', 'Incorrect Polarity', { ...electricityAlert, logs: ['power'] }),
  alert(0x81b9, 'meterCoverClosed', 'Meter Cover Closed', meterAlertAndEvent),
  alert(0x81ba, 'requestTunnelCommandRejected', 'Request Tunnel Command Rejected', meterAlertAndEvent),
  alert(0x81bb, 'reverseCurrent', 'Reverse Current', { ...electricityAlert, logs: ['power'] }),
  alert(0x81bc, 'strongMagneticFieldRemoved', 'Strong Magnetic Field Removed', meterAlertAndEvent),
  alert(0x81bd, 'supplyConnectFailure', 'Supply Connect Failure', meterAlertAndEvent),
  alert(
    0x81be,
    'supplyDisabledThenLockedSupplyTamperStateCause',
    'Supply Disabled Then Locked - Supply Tamper State Cause',
    meterAlertAndEvent,
  ),
  alert(
    0x81bf,
    'supplyDisabledThenArmedUncontrolledGasFlowRate',
    'Supply Disabled Then Armed - Uncontrolled Gas Flow Rate',
    gasAlertAndEvent,
  ),
  alert(0x81c0, 'supplyDisconnectFailure', 'Supply Disconnect Failure', meterAlertAndEvent),
  alert(0x81c1, 'terminalCoverClosed', 'Terminal Cover Closed', electricityAlertAndEvent),
  alert(0x81c2, 'tiltTamperEnded', 'Tilt Tamper Ended', gasAlertAndEvent),
  alert(0x81c3, 'tiltTamper', 'Tilt Tamper', gasAlertAndEvent),
  alert(0x81c4, 'utrnManualEntrySuspended', 'UTRN Manual Entry Suspended', { ...meterAlertAndEvent, han: true }),
  alert(0x81c5, 'utrnRejectedAsLockedOut', 'UTRN rejected as locked out', meterAlertAndEvent),
  alert(0x81c6, 'clockNotAdjustedOutsideTolerance', 'Clock not adjusted (outside tolerance)', localEvent),
] as const
