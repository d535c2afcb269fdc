export * from './load-limit.js'
export * from './machines.js'
export * from './supply.js'
