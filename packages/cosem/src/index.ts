export * from './data.js'
export * from './schema.js'
export * from './logical-name.js'
export {
  type AccessItem,
  type AccessRequest,
  type AccessResponse,
  type AccessResult,
  accessResult,
  decodeAccessRequest,
  decodeAccessResponse,
  encodeAccessRequest,
  encodeAccessResponse,
} from './access.js'
export { type DataNotification, decodeDataNotification, encodeDataNotification } from './data-notification.js'
export * from './date-time.js'
