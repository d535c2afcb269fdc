export * from './ports.js'
export * from './han-port.js'
export { Device, type DeviceProfile } from './device.js'
export type { Execution, PayloadResult } from './execution.js'
export type { DiscardReason, Outcome } from './gate/outcome.js'
export { acceptedProtections, type Protection } from './gate/protection.js'
export * from './credentials/trust-anchors.js'
export * from './credentials/device-log.js'
export { Faults } from './faults.js'
export { type Machine, machine, mermaid } from './machine/machine.js'
export { derived, type Derived } from './state/derived.js'
export { type Item, item, ItemStore } from './state/item-store.js'
export { ColumnLog, type Log, RingLog } from './state/ring-log.js'
export { Counters } from './state/counters.js'
export { restoreSnapshot, takeSnapshot } from './state/snapshot.js'
export { macked } from './response/respond.js'
export { type TimeStatus } from './clock/device-clock.js'
export { type Process } from './schedule/scheduler.js'
export { type PendingCommand, pendingFrom } from './schedule/future-dated.js'
export { type AlertDetails, type FormerParty, gbzOctets, raise } from './alerts/raise.js'
export { behaviourAllows, behaviourItem } from './alerts/behaviour.js'
export { AccessError } from './cosem/access-error.js'
export { activationOf, type Activate, type Activations, activationTime } from './cosem/activation.js'
export { type CosemContext, type CosemProfile } from './cosem/executor.js'
export { copies, membersOf } from './cosem/profile.js'
export { primeAttribute, primeAttributeData, primeMethodData, readAttribute } from './cosem/prime.js'
export { isLog, itemOf, methodOf, plainView, type View, viewOf, type Views } from './cosem/view.js'
export * from './zcl/profile.js'
export { attributeItem, primeZclAttribute, readZclAttribute } from './zcl/attributes.js'
export { zclFaultKey } from './zcl/fault-key.js'
export { type Asn1Answer, type Asn1Executor, type Asn1Executors, asn1FaultKey } from './asn1/executor.js'
export { standardAsn1, useCasesOf } from './asn1/standard.js'
export { setClockWithin, synchroniseClock } from './clock/set-clock.js'
export { ownCertificate } from './credentials/own-certificates.js'
export type { CellChange, Handover } from './credentials/cell-change.js'
export { contingencyKey, wrapContingencyKey } from './credentials/contingency.js'
export { setTopUpFloor, topUpFloor, utrnCounterCache } from './credentials/top-up-floor.js'
export {
  type FirmwareImage,
  firmwareImage,
  firmwareVersion,
  receiveUpgradeImage,
  runningImage,
  verifyFirmwareAtPowerOn,
} from './firmware-image/image.js'
export { firmwareVersionOf, upgradeImageOf } from './firmware-image/ota-image.js'
export {
  imageBlock,
  type ImageIdentity,
  imageIdentity,
  imageOffered,
  type Reception,
  receptionAborted,
  resumeReception,
} from './firmware-image/reception.js'
export type { ImageOffer } from './firmware-image/transfer.js'
export { firmwareImageMachine, firmwareImageState, type FirmwareImageState } from './firmware-image/image-state.js'
export { factoryReset } from './state/factory-reset.js'
export { joinNetwork, networkOf } from './joining/network.js'
export { commonAlertLogs, commonLogs, ringLog } from './state/common-logs.js'
export { cellNameOf } from './credentials/cell-codec.js'
export * from './alerts/events.js'
export * from './calendar/index.js'
export * from './tariff/index.js'
export * as payment from './payment/index.js'
export * as supply from './supply/index.js'
export * as auxiliaryLoad from './auxiliary-load/index.js'
export * as userInterface from './user-interface/index.js'
export * from './gas/index.js'
export * as han from './han/index.js'
export * as display from './display/index.js'
