export * from './credit.js'
export { enterToken, topUpLogs } from './top-up.js'
export * from './valve.js'
export * from './servers.js'
export { calendarAt } from '../zcl/calendar-lookup.js'
export { calendarInForce, type CalendarTables, calendarType, calendarWrites } from '../zcl/calendar.js'
export * from '../zcl/device-management.js'
export { type EventConfiguration, eventConfigurations } from '../zcl/event-configuration.js'
export { eventLogs, type EventLogTable, ownEventLogs } from '../zcl/events.js'
export { messageToShow, messaging, type SupplierMessage } from '../zcl/messaging.js'
export {
  activeTier,
  type BillingPeriod,
  billingPeriod,
  type BlockPeriod,
  blockPeriod,
  blockPrice,
  blockThresholds,
  priceWrites,
  standingCharge,
  tariffInformation,
  tierPrice,
} from '../zcl/price.js'
export {
  appendSample,
  type Sample,
  sampleId,
  sampleLog,
  type SamplingSession,
  samplingSession,
} from '../zcl/sampled-data.js'
export { latestSnapshot, snapshotCause, takeSnapshots } from '../zcl/snapshots.js'
export { numberItem } from '../zcl/fields.js'
export * from './history.js'
export * from './push.js'
export { type MirrorFrame, mirrorFrames, MirrorListener, type MirrorRecord } from './mirror-traffic.js'
export { supplyState } from '../zcl/supply.js'
export { prepaymentSettings } from '../zcl/prepayment-settings.js'
export { changeOfTenancy, tenancy, tenancyStart } from '../zcl/tenancy.js'
