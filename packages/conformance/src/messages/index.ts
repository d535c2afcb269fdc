export {
  type KeyName,
  loadReferenceSet,
  type ReferenceKind,
  type ReferenceMessage,
  type ReferenceSet,
  type SecretUsage,
} from './reference-set.js'
export {
  checkMessages,
  checkReferenceSet,
  type MessageCheck,
  type MessageFailure,
  type MessageReport,
  openerOf,
} from './check-messages.js'
