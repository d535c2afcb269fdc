import { alert } from './alert.js'

/** The reference alerts of this group carry a MAC and no signature. */
const hubAlert = {
  devices: ['chf'],
  critical: false,
  wan: 1,
  logs: ['event'],
  roles: ['accessControlBroker'],
  decided: true,
} as const

/** Alerts 8Fxx of the communications hub, and of the firmware that it brings. facts 4.5. */
export const hubAlerts = [
  alert(0x8f12, 'chfDeviceLogChanged', 'CHF Device Log Changed', {
    ...hubAlert,
    wan: 2,
    logs: ['security'],
    messageCodes: { dlms: 0x0018 },
  }),
  alert(0x8f20, 'limitedDutyCycleActionTaken', 'Limited Duty Cycle Action Taken', {
    ...hubAlert,
    wan: 2,
    messageCodes: { dlms: 0x0110 },
  }),
  alert(
    0x8f21,
    'dutyCycleFallenBelowNormalLimitedDutyCycleThreshold',
    'Duty Cycle fallen below Normal-Limited Duty Cycle Threshold',
    hubAlert,
  ),
  alert(0x8f22, 'criticalDutyCycleActionTaken', 'Critical Duty Cycle Action Taken', hubAlert),
  alert(
    0x8f23,
    'dutyCycleFallenBelowLimitedCriticalDutyCycleThreshold',
    'Duty Cycle fallen below Limited-Critical Duty Cycle Threshold',
    hubAlert,
  ),
  alert(0x8f24, 'regulatedDutyCycleActionTaken', 'Regulated Duty Cycle Action Taken', hubAlert),
  alert(
    0x8f25,
    'dutyCycleFallenBelowCriticalRegulatedDutyCycleThreshold',
    'Duty Cycle fallen below Critical-Regulated Duty Cycle Threshold',
    hubAlert,
  ),
  alert(0x8f26, 'subGHzChannelChanged', 'Sub GHz Channel Changed', {
    ...hubAlert,
    wan: 2,
    messageCodes: { dlms: 0x0111 },
  }),
  alert(0x8f27, 'subGHzChannelScanInitiated', 'Sub GHz Channel Scan initiated', hubAlert),
  alert(0x8f28, 'subGHzChannelScanRequestAssessmentOutcome', 'Sub GHz Channel Scan Request Assessment Outcome', {
    ...hubAlert,
    wan: 2,
    messageCodes: { dlms: 0x0112 },
  }),
  alert(0x8f29, 'threeLostGsmeSearchesFailed', 'Three Lost GSME Searches Failed', hubAlert),
  alert(0x8f2a, 'subGHzConfigurationChanged', 'Sub GHz Configuration Changed', {
    ...hubAlert,
    wan: 2,
    messageCodes: { dlms: 0x0113 },
  }),
  alert(
    0x8f2b,
    'subGHzChannelNotChangedDueToFrequencyAgilityParameters',
    'Sub GHz Channel not changed due to Frequency Agility Parameters',
    hubAlert,
  ),
  alert(0x8f2c, 'messageDiscardedDueToDutyCycleManagement', 'Message Discarded Due to Duty Cycle Management', {
    ...hubAlert,
    wan: 2,
    messageCodes: { dlms: 0x0114 },
  }),
  alert(0x8f2d, 'noMoreSubGHzDeviceCapacity', 'No More Sub GHz Device Capacity', {
    ...hubAlert,
    wan: 2,
    messageCodes: { dlms: 0x0115 },
  }),
  alert(0x8f84, 'failureToDeliverRemotePartyMessageToEsme', 'Failure to Deliver Remote Party Message to ESME', {
    ...hubAlert,
    wan: 2,
    critical: true,
    messageCodes: { dlms: 0x00d5 },
  }),
  alert(0x8f89, 'firmwareTransferFailed', 'Firmware Transfer Failed', {
    ...hubAlert,
    wan: 2,
    critical: true,
    messageCodes: { CCS08: 0x0128 },
  }),
  alert(0x8f8a, 'firmwareTransferSucceeded', 'Firmware Transfer Succeeded', {
    ...hubAlert,
    wan: 2,
    critical: true,
    messageCodes: { CCS08: 0x0128 },
  }),
  alert(0x8f8b, 'firmwareVersionRead', 'Read Firmware version alert', {
    devices: ['ppmid', 'hcalcs'],
    wan: 2,
    logs: ['event'],
    roles: ['accessControlBroker', 'supplier'],
    messageCodes: { CS09: 0x012b },
    decided: true,
  }),
] as const
