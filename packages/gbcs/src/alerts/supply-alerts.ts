import { alert } from './alert.js'

const meters = ['esme', 'gsme'] as const
const meterAlert = { devices: meters, wan: 1, roles: ['supplier'] } as const
const meterSecurityAlert = { ...meterAlert, logs: ['security'] } as const
const gasAlert = { devices: ['gsme'], wan: 1, logs: ['event'], roles: ['supplier'], decided: true } as const
const loadLimit = { devices: ['esme'], wan: 1, roles: ['supplier', 'networkOperator'], decided: true } as const
const outage = {
  devices: ['esme'],
  wan: 2,
  logs: ['power'],
  roles: ['networkOperator'],
  messageCodes: { dlms: 0x0067 },
} as const
const interruption = { devices: ['esme'], wan: 0, logs: ['power'], roles: [], decided: true } as const
const controller = { devices: ['esme'], wan: 2, logs: ['event'], roles: ['supplier'], decided: true } as const

/** Billing, clock, supply, outages and load control: alerts 8Fxx of meters and their controllers. facts 4.5. */
export const supplyAlerts = [
  alert(0x8f01, 'activePowerImportAboveLoadLimitThreshold', 'Active Power Import above Load Limit Threshold', {
    ...loadLimit,
    logs: ['event'],
  }),
  alert(0x8f0a, 'billingDataLogUpdated', 'Billing Data Log Updated', {
    ...meterAlert,
    wan: 2,
    messageCodes: { dlms: 0x0061, gbz: 0x008b },
  }),
  alert(0x8f0c, 'clockNotAdjusted', 'Clock not adjusted (adjustment greater than 10 seconds)', meterSecurityAlert),
  alert(0x8f0f, 'creditBelowDisablementThreshold', 'Credit Below Disablement Threshold', meterAlert),
  alert(0x8f1d, 'gsmePowerSupplyLoss', 'GSME Power Supply Loss', gasAlert),
  alert(0x8f1f, 'lowBatteryCapacity', 'Low Battery Capacity', gasAlert),
  alert(0x8f32, 'supplyArmed', 'Supply Armed', { ...meterAlert, logs: ['event'], decided: true }),
  alert(0x8f33, 'supplyDisabledThenArmedLoadLimitTriggered', 'Supply Disabled then Armed - Load Limit triggered', {
    ...loadLimit,
    logs: ['event'],
    han: true,
  }),
  alert(0x8f34, 'supplyEnabledAfterLoadLimitRestorationPeriod', 'Supply Enabled after Load Limit Restoration Period', {
    devices: ['esme'],
    wan: 1,
    han: true,
    roles: ['supplier', 'networkOperator'],
  }),
  alert(0x8f35, 'supplyOutageRestored', 'Supply Outage Restored', outage),
  alert(0x8f36, 'supplyOutageRestoredOutageOf3MinutesOrMore', 'Supply Outage Restored - Outage >= 3 minutes', outage),
  alert(0x8f37, 'supplyOutageRestoredOnPhase1', 'Supply Outage Restored on Phase 1', { ...outage, decided: true }),
  alert(
    0x8f38,
    'supplyOutageRestoredOnPhase1OutageOf3MinutesOrMore',
    'Supply Outage Restored on Phase 1 - Outage >= 3 minutes',
    { ...outage, decided: true },
  ),
  alert(0x8f39, 'supplyOutageRestoredOnPhase2', 'Supply Outage Restored on Phase 2', { ...outage, decided: true }),
  alert(
    0x8f3a,
    'supplyOutageRestoredOnPhase2OutageOf3MinutesOrMore',
    'Supply Outage Restored on Phase 2 - Outage >= 3 minutes',
    { ...outage, decided: true },
  ),
  alert(0x8f3b, 'supplyOutageRestoredOnPhase3', 'Supply Outage Restored on Phase 3', { ...outage, decided: true }),
  alert(
    0x8f3c,
    'supplyOutageRestoredOnPhase3OutageOf3MinutesOrMore',
    'Supply Outage Restored on Phase 3 - Outage >= 3 minutes',
    { ...outage, decided: true },
  ),
  alert(0x8f57, 'supplyInterrupted', 'Supply interrupted', interruption),
  alert(0x8f58, 'supplyInterruptedOnPhase1', 'Supply interrupted on Phase 1', interruption),
  alert(0x8f59, 'supplyInterruptedOnPhase2', 'Supply interrupted on Phase 2', interruption),
  alert(0x8f5a, 'supplyInterruptedOnPhase3', 'Supply interrupted on Phase 3', interruption),
  alert(0x8f69, 'deviceCommissioned', 'Device commissioned', {
    ...meterAlert,
    devices: [...meterAlert.devices, 'chf'],
  }),
  alert(
    0x8f83,
    'disablementOfSupplyDueToInsufficientCreditHasBeenSuspended',
    'Disablement of Supply due to insufficient credit has been suspended',
    meterAlert,
  ),
  alert(0x8f85, 'commandNotSupportedByDevice', 'Command not supported by Device', {
    ...controller,
    toOriginator: true,
    messageCodes: { dlms: 0x0120 },
  }),
  alert(0x8f86, 'limitApcLevelCommandProcessed', 'Limit APC Level Command processed', {
    ...controller,
    logs: ['alcs'],
    messageCodes: { dlms: 0x0121 },
  }),
  alert(0x8f87, 'limitApcLevelEndedOrCancelled', 'Limit APC Level ended or cancelled', {
    ...controller,
    logs: ['alcs'],
    messageCodes: { dlms: 0x0122 },
  }),
  alert(0x8f88, 'operationalUpdate', 'Operational Update', { ...controller, messageCodes: { dlms: 0x0123 } }),
] as const
