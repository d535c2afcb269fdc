export { decodeGbz, encodeGbz, type GbzComponent, SMART_ENERGY_PROFILE } from './payload.js'
export * from './alert.js'
