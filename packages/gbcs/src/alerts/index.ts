export type { AlertCode, AlertLog, AlertPayload } from './alert.js'
export {
  alertCodes,
  alertMessageCode,
  type AlertName,
  alertOf,
  alerts,
  genericAlertMessageCode,
} from './alert-codes.js'
export {
  alertBehaviourBit,
  applyBehaviour,
  BEHAVIOUR_BITS,
  type BehaviourChannel,
  behaviourCodes,
  type BehaviourOwner,
  behaviourSettings,
  eventGroup,
  initialBehaviour,
  isBehaviourOn,
} from './behaviour-mask.js'
export {
  type CosemExecution,
  type LostMessage,
  notificationContent,
  notificationContentOf,
  type RefusedCommand,
} from './notification-content.js'
export { alertRecipientRoles } from './recipients.js'
