export {
  decodeGbz,
  encodeGbz,
  type GbzComponent,
  readComponent,
  SMART_ENERGY_PROFILE,
  writeComponent,
} from './payload.js'
export * from './alert.js'
