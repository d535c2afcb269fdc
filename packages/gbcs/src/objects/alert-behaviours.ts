import { bits } from '@smets2-sim/cosem'
import { attribute, cosemObject } from './object.js'

// Which alerts and events are sent, shown, sounded and logged (ECS25) (facts/cosem_objects.json, section 5).

/** Class 1, Data. SMETS: Events Configuration Settings - Network Operator. */
export const networkOperatorLoggingBehaviour = cosemObject('networkOperatorLoggingBehaviour', 1, '0-33:97.98.14.255', {
  value: attribute(2, bits(512)),
})

/** Class 1, Data. SMETS: Events Configuration Settings - Network Operator. */
export const networkOperatorLoggingSettings = cosemObject('networkOperatorLoggingSettings', 1, '0-33:97.98.18.255', {
  value: attribute(2, bits(256)),
})

/** Class 1, Data. SMETS: Alerts Configuration Settings - DNO. */
export const networkOperatorWanAlertBehaviour = cosemObject(
  'networkOperatorWanAlertBehaviour',
  1,
  '0-33:97.98.11.255',
  {
    value: attribute(2, bits(512)),
  },
)

/** Class 1, Data. SMETS: Alerts Configuration Settings - Network Operator. */
export const networkOperatorWanAlertSettings = cosemObject('networkOperatorWanAlertSettings', 1, '0-33:97.98.15.255', {
  value: attribute(2, bits(256)),
})

/** Class 1, Data. SMETS: Events Configuration Settings - Supplier. */
export const supplierAudibleAlarmBehaviour = cosemObject('supplierAudibleAlarmBehaviour', 1, '0-30:97.98.13.255', {
  value: attribute(2, bits(512)),
})

/** Class 1, Data. SMETS: Events Configuration Settings - Supplier. */
export const supplierAudibleAlarmSettings = cosemObject('supplierAudibleAlarmSettings', 1, '0-30:97.98.17.255', {
  value: attribute(2, bits(256)),
})

/** Class 1, Data. SMETS: Alerts Configuration Settings - Supplier. */
export const supplierHanAlertBehaviour = cosemObject('supplierHanAlertBehaviour', 1, '0-30:97.98.12.255', {
  value: attribute(2, bits(512)),
})

/** Class 1, Data. SMETS: Alerts Configuration Settings - Supplier. */
export const supplierHanAlertSettings = cosemObject('supplierHanAlertSettings', 1, '0-30:97.98.16.255', {
  value: attribute(2, bits(256)),
})

/** Class 1, Data. SMETS: Events Configuration Settings - Supplier. */
export const supplierLoggingBehaviour = cosemObject('supplierLoggingBehaviour', 1, '0-30:97.98.14.255', {
  value: attribute(2, bits(512)),
})

/** Class 1, Data. SMETS: Events Configuration Settings - Supplier. */
export const supplierLoggingSettings = cosemObject('supplierLoggingSettings', 1, '0-30:97.98.18.255', {
  value: attribute(2, bits(256)),
})

/** Class 1, Data. SMETS: Alerts Configuration Settings - Supplier. */
export const supplierWanAlertBehaviour = cosemObject('supplierWanAlertBehaviour', 1, '0-30:97.98.11.255', {
  value: attribute(2, bits(512)),
})

/** Class 1, Data. SMETS: Alerts Configuration Settings - Supplier. */
export const supplierWanAlertSettings = cosemObject('supplierWanAlertSettings', 1, '0-30:97.98.15.255', {
  value: attribute(2, bits(256)),
})
