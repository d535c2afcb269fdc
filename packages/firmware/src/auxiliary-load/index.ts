export * from './advance.js'
export * from './boost.js'
export * from './channel.js'
export * from './controllers.js'
export {
  type ControllerOutcome,
  type ControllerRefusal,
  limitController,
  type OrderPeriod,
  setController,
} from './orders.js'
export * from './randomised-offset.js'
export * from './selector.js'
